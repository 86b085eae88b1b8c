# ruff: noqa: E501 (a list of sentences or words a line)
"""Sentence templates of every intent. ``(a|b)`` alternatives, ``[x]`` sometimes, ``{T}`` a slot of ``phrases``."""

MAKE = ("(make|create|generate|build|give me|I want|I would like|I'd like|I need|design|produce|set up|model|spawn|we need|show me|add|"
        "let me have|do|get me|bring in|bring me|construct|compose|put together|how about|draw up)")  # fmt: skip
PUT = ("(put|place|add|set|stand|drop|insert|position|set up|arrange|install|give me|I want|I need|we need|I'd like|there should be|bring in|"
       "make|create|lay|hang|stick|throw in|spawn|let there be|mount|fix|leave|have|line up|distribute|scatter)")  # fmt: skip

TEMPLATES: dict[str, tuple[str, ...]] = {
    "create_prop": (
        f"{PUT} {{N}} {{D}}", f"{PUT} {{N}} {{D}}", f"{PUT} {{N}} {{D}}", f"{PUT} {{N}} {{D:around,beside,along,on}}", f"{MAKE} {{N}}",
        "{N} {D}", "(add|place|create) {N}", "{D} (put|place|add|I want|should be|there should be|goes) {N}", "(there is|there's) {N} missing {D}",
        "(surround|encircle) {DN} with {N}", "(fill|line|cover|decorate) {DN} with {N}", "(could|can) (we|you|I) (have|get|add|put) {N} {D}",
        "{N} (should|must|could) (stand|go|be|hang|lie) {D}", "I (think|guess) {N} would look (good|nice) {D}", "what about {N} {D}",
        "{N} (goes|go|belongs) {D}", "(give|equip) {DN} (with|) {N}", "{PN}",
    ),
    "create_character": (
        f"{MAKE} {{character}}", f"{MAKE} {{character}}", "{character}", f"{PUT} {{character}} {{D}}", f"{PUT} {{character}} {{D}}",
        "{character} {D}", "(there should be|I want to see) {character} {D}", "a new character : {character}", "(let|have) {character} stand {D}",
    ),
    "create_crowd": (f"{MAKE} {{crowd}}", "{crowd}", f"{PUT} {{crowd}} {{D}}", "(fill|populate) the (place|scene|street) with {crowd}"),
    "create_creature": (f"{MAKE} {{creature}}", "{creature}", f"{PUT} {{creature}} {{D}}", "{creature} {D}", f"{MAKE} {{creature}} {{D}}"),
    "create_robot": (f"{MAKE} {{robot}}", "{robot}", f"{PUT} {{robot}} {{D}}", f"{MAKE} {{robot}} {{D}}", "{robot} {D}"),
    "create_room": (f"{MAKE} {{room}}", f"{MAKE} {{room}}", "{room}", "(furnish|decorate) {room}", "(a|the) room : {room}", "I want to see {room}"),
    "create_home": (f"{MAKE} {{home}}", "{home}", "(furnish|plan|lay out) {home}"),
    "create_city": (f"{MAKE} {{city}}", "{city}", "(plan|lay out) {city}"),
    "create_landscape": (f"{MAKE} {{landscape}}", "{landscape}", "(paint|lay out) {landscape}"),
    "remove": (
        "(delete|remove|erase|get rid of|take away|take out|throw out|throw away|discard|eliminate|drop|lose|clear|kill|scrap|trash|wipe out|"
        "bin|dispose of|take|cut|chuck out|clean up|clear away|destroy) {T}",
        "(delete|remove|erase|get rid of|take away) {T}", "(delete|remove|erase|get rid of) {T}",
        "{T} (can go|must go|should go|has to go|should disappear|is not needed|can be deleted|should be removed|are in the way|is too much|must disappear)",
        "I (do not|don't) (want|need|like) {T} [anymore|any more|any longer]", "we (can do without|do not need|no longer need) {T}",
        "(take|get|throw|carry|move) {T} (away|out|out of the room|out of the scene|off|out of the way|outside)", "no more {T}", "away with {T}",
        "(clear|empty|clean) (off|) the {TC}", "(delete|remove|clear|take|get rid of|erase) {TOFF}", "(delete|remove|erase) {TPR}", "(take|get) {T} off {tDN}", "make {T} (disappear|vanish|go away)", "please no {T}", "without {T}",
    ),
    "move": (
        "(move|shift|push|pull|slide|drag|nudge|bring|carry|shove|transport|take) {T} {LEN} {DIR}", "(move|shift|push|pull|slide|drag) {T} {DIR} [by] {LEN}",
        "(move|put|place|set|bring|shift|carry|slide|push|drag|take|stand|relocate|transfer|get|position|stick|lay|hang) {T} {D}",
        "(move|put|place|set|bring|shift|carry|slide) {T} {D}", "(put|place|set|move) {T} (to|towards|over to|closer to|nearer to|up to) {DN2}",
        "{T} (should|must|ought to|has to|needs to) (be|stand|go|hang|lie|move|come) {D}", "{T} (belongs|goes|go|belong) {D}",
        "(raise|lift|hoist) {T} [up] [by] {LEN}", "(lower|sink|drop) {T} [down] [by] {LEN}", "(move|push|shift|nudge|pull) {T} [a (bit|little)] {DIR}",
        "(raise|lift) {T}", "(lower) {T}", "{T} {LEN} {DIR}", "{T} [a bit] (further|more) {DIR}", "I want {T} {D}", "I (want|would like|need) {T} {LEN} [further] {DIR}",
        "(let|have|make) {T} (go|stand|walk|come|move|run) [over] (to|towards) {DN2}", "(swap|change) the place of {T} : {D}", "(centre|center) {T}",
        "can you get {T} {D}", "{T} would (be|look) better {D}", "let's have {T} {D}", "(move|bring|push) {T} (to|towards) {DN2} by {LEN}",
    ),
    "rotate": (
        "(rotate|turn|spin|twist|swivel|pivot|revolve) {T} [by] {ANG}", "(rotate|turn|spin|twist) {T} [by] {ANG} {ROT}", "(rotate|turn|spin|twist) {T} {ROT} [by] {ANG}",
        "(rotate|turn|spin) {T} {ROT}", "(rotate|turn|spin) {T} [around|round]", "(turn|rotate|point|orient|aim|face) {T} {FACE} {DN}", "(make|let|have) {T} (face|look at|point at|look towards) {DF}",
        "{T} should (face|look at|look towards|be turned to|point to) {DF}", "give {T} {ANG}", "{T} {ANG} {ROT}", "turn {T} (towards|to) {DF}",
        "(flip|reverse) {T}", "{T} (is|are) (backwards|the wrong way round) , turn {TI}", "I want {T} to (face|look at) {DF}", "turn {T} by {ANG} to the (left|right)",
    ),
    "scale": (
        "(make|scale) {T} {DIM}", "(make|scale) {T} {FAC} {DIM}", "(make|scale) {T} {DIM} by {FAC}", "(scale|resize|enlarge|blow up|increase|grow|magnify|expand) {T} [by] {FAC}",
        "(shrink|reduce|scale down|decrease) {T} [by|to] {FAC}", "(double|halve|triple)/AMT [the size of] {T}", "(double|halve)/AMT the {DIMN} of {T}",
        "{T} should be {LEN} {DIMN}", "make {T} {LEN} {DIMN}", "(set|change) the {DIMN} of {T} to {LEN}", "{T} (is|are) too (small|big|large|low|high|tall|short|wide|narrow) , make {TI} {DIM}",
        "(enlarge|shrink|grow) {T}", "{T} {FAC} as {DIMS}", "make {T} {FAC} as {DIMS}", "(scale|stretch) {T} to {LEN} [in] {DIMN}", "{T} [a (bit|little)] {DIM}", "(widen|heighten|lengthen|deepen)/DIM {T} [to|by] {LEN}",
        "(widen|raise|lengthen)/DIM {T} by {FAC}", "{T} (needs|has) to be {DIM}", "(scale|bring) {T} to {FAC} of its size", "I want {T} {FAC} {DIM}", "{T} (must|should) (become|be|get) {FAC} {DIM}",
        "(blow up|scale) {T} to {FAC} its size", "a (bit|little) {DIM} [please]", "a {DIM} {TP} , {LEN}", "make {TP} {LEN} instead of that", "{TP} is too {DIMS} , {LEN} please", "[much] {DIM} please", "a {DIM} {TP}",
    ),
    "align": (
        "(align|line up|straighten|straighten out|arrange in a row|put in line|order) {T}", "(line|put|bring|set|arrange|place) {T} (up|in a row|in line|in a line|in one line|straight|into a row)",
        "(align|line up) {T} with {DN}", "{T} should be (in a row|aligned|in line|straight)", "make {T} (straight|stand in a row|line up)", "(align|straighten) {T} [along the wall]",
        "(distribute|space out|space) {T} evenly", "tidy up the row of {TP}", "(line|align) {T} up with (each other|one another)",
    ),
    "duplicate": (
        "(duplicate|copy|clone|double|repeat|replicate) {T}", "(duplicate|copy|clone|replicate) {T} {TIMES}", "(make|create|give me|I need|I want) (a copy|a duplicate|a clone|one more|another copy) of {T}",
        "(make|create|give me|I need) {COPIES} (copies|duplicates|clones) of {T}", "(duplicate|copy|clone) {T} (and put it|and place it|to|) {D}", "another {TNEW} (like|just like|the same as) {T}",
        "(make|give me) {COPIES} more of {T} [{D}]", "(a copy|copies) of {T} {D}", "copy {T} {D}", "I want {COPIES} of {T} {D}", "(another|one more) of {T} {D}", "(clone|copy) {T} {TIMES} {D}",
        "(duplicate|clone) {T} and (set|stand|put) the copy {D}",
    ),
    "restyle": (
        "(paint|colour|color|recolour|dye|tint|spray|lacquer) {T} {COL}", "(paint|colour|color|recolour) {T} {COL}", "make {T} {COL}", "make {T} {COL}", "(make|turn|change) {T} [to|into|out of] {MAT}", "{T} in {COL}", "{T} in {MAT} [please]",
        "change the colour of {T} to {COL}", "change the (material|surface|look) of {T} to {MAT}", "{T} should be {COL}", "{T} should be [made of|of|in] {MAT}", "give {T} a {COL} (colour|look|finish|paint|coat)",
        "give {T} a {MAT} (look|finish|surface|texture)", "(cover|upholster|clad|coat|wrap) {T} (in|with) {COL} {MAT}", "(cover|upholster) {T} (in|with) {MAT}", "turn {T} {COL}", "I want {T} [to be] {COL}", "I want {T} in {COL} {MAT}",
        "(use|take) the (colours|palette|colors) (of|from) (the|this|my) (picture|photo|image|reference) (for|on) {T}", "(restyle|recolour) {T} (like|after|from) (the|this) (picture|photo|image)", "{T} (would look|looks) better in {COL}",
        "(change|switch|set) {T} to {COL}", "(change|switch|set) {T} to {MAT}", "{COL} for {T}", "use {MAT} for {T}", "(replace|swap) the material of {T} (by|with) {MAT}", "make {T} look like {MAT}", "make {T} out of {MAT}", "make {T} (of|from) {MAT}", "(build|do) {T} in {MAT}", "{T} (in|of) {COL} {MAT}", "can {T} be {COL}", "I (prefer|would prefer|want) {T} in {COL}", "{T} {COL} [please]",
        "{T} ought to be {COL}", "{T} (must|has to|needs to) (be|become) {COL}",
    ),
    "rename": (
        "(rename|call|name) {T} [to|as] {NAME}", "(change|set) the name of {T} to {NAME}", "{T} (is|shall be|should be|will be) (called|named) {NAME}", "give {T} the name {NAME}", "give {T} (proper|better|meaningful|good|clear) names",
        "(rename|name) {T} by (content|what it is|what they are|kind)", "rename {T}", "name {T} (properly|after what they are|sensibly)", "give {T} a (proper|better|sensible|meaningful) name", "clean up the names of {T}", "from now on {T} is {NAME}", "label {T} as {NAME}", "let's call {T} {NAME}",
    ),
    "annotate": (
        "(annotate|label|tag|classify|recognise|analyse|recognize|identify|categorise) {T}", "(annotate|label|tag|classify|recognise|analyse) (everything|the scene|all meshes|all|the whole scene|the selection|all objects)",
        "(read|find out) what {T} (is|are) and (label|tag|annotate) (it|them)", "put labels on {T}", "run the annotator [on {T}]", "write annotations (for|on) {T}", "add tags to {T}",
    ),
    "fit": (
        "(fit a character to|make a clean character from|make a clean character of|turn into a character|fit a body to) {T}", "(fit) {T}", "(make|turn) {T} into a (clean|proper|game ready|rigged) character", "fit a (person|human|body|clean character) to {T}",
        "(convert|transform) {T} (into|to) a clean character [with the same pose|of the same shape]", "(rebuild|remake) {T} as a character", "(scan|scanned person) to character : {T}",
    ),
    "rig": (
        "rig {T}", "(give|add|make) {T} a (skeleton|rig|armature)", "(add|put|build|create) (a skeleton|bones|a rig|an armature) (to|into|in|for) {T}", "(auto rig|skin|autorig) {T}", "make {T} (movable|animatable|posable)", "{T} needs (bones|a rig|a skeleton)",
        "(I want to|let me) (animate|pose) {T} , rig {TI}", "set up the rig of {T}",
    ),
    "play": (
        "(let|make|have) {T} {CLIP}", "(let|make|have) {T} {CLIP}", "(play|start|run|show) [the] {CLIP} [clip|animation|motion|action] (on|for|of|with) {T}", "(play|start) [the] {CLIP} (clip|animation|motion|action)", "{T} should [be] {CLIP}", "animate {T} : {CLIP}", "set the (animation|action|clip) of {T} to {CLIP}",
        "I want {T} to {CLIP}", "{T} , {CLIP}", "(make|have|get) {T} start to {CLIP}", "can {T} {CLIP}", "(tell|ask) {T} to {CLIP}", "{TP} (must|shall|could) {CLIP}", "put {T} into [the] {CLIP} [animation|pose]",
    ),
    "camera": (
        "(show|view|look at|see) {T} from [the] {VIEW}", "(show|look at|view) (the scene|everything|it all|the room|all of it) from [the] {VIEW}", "(point|aim|turn|direct|move|set) the camera (at|on|to|towards) {T}", "(frame|focus on|zoom in on|zoom to|look at|show me|zoom into) {T}",
        "(set|put|place|move) the camera (to|at|on) [the] {VIEW}", "[switch to|go to|use] [the] {VIEW} view", "camera (to|on) {T}", "a {VIEW} [shot|view] of {T}", "(take|make|set up|do) a (close up|closeup|shot|picture)/VIEW of {T}", "(let me see|I want to see) {T} [from [the] {VIEW}]", "view from [the] {VIEW}",
        "(point|aim) the camera (at|on) {T} from [the] {VIEW}", "show {T} from {VIEW}", "close up of {T}",
    ),
    "light": (
        "(make it|make the light|make the scene|set the light to|I want|set the mood to|light it like|make the lighting|turn the light to|have it be) {MOOD}", "{MOOD} light [please]", "(change|switch|set) (the light|the lighting|the time|the time of day|it) to {MOOD}", "(light|illuminate) (the scene|the room|everything|it) (like|as) [at|in the] {MOOD}",
        "it should be {MOOD}", "(it is|it's) too (dark|dim)/O [in here] , make it {MOOD}", "(more|less)/MOOD light/MOOD [please]", "let it be {MOOD}", "(set|give me) [a] {MOOD} (mood|light|lighting|atmosphere)", "light as in (the|my|this) (picture|photo)", "(use|take) the light of (the|this|my) (picture|photo|image)",
        "(turn|switch) (up|on)/MOOD the light", "(turn|dim)/MOOD down/MOOD the light", "I (want|need) (more|less)/MOOD light/MOOD", "[a bit] {MOOD}", "(make|turn) (everything|the room|the whole scene) {MOOD}", "(a sky|sunlight|the sun) like (at|in the) {MOOD}", "(it is|it's) too (dark|bright) [in here] , (more|less)/MOOD light/MOOD",
    ),
    "export": (
        "(export|save|write|pack|package|output|send) {T} (for|to|as|into) {ENG}", "(export|save|write|pack|package|bring) (everything|it all|all|the scene|the whole scene|this|it|the rest) (for|to|as|into) [a|an] {ENG} [file]", "export [to|for|as] {ENG}", "(make|give me|create) (a|an) {ENG} (file|pack|package|export) [of {T}]",
        "(I need|I want) {T} (in|for) {ENG}", "(I need|I want) (everything|this|the scene|it) (in|for) {ENG}", "export {T}", "get (this|the scene|everything) ready for {ENG}", "save {T} as [a] {ENG}", "(write|put) {T} out (as|for) {ENG}", "pack {T} up for {ENG}",
    ),
    "select": (
        "(select|choose|mark|highlight|pick|pick out|grab|show me|highlight) {T}", "select {T}", "(select|mark|highlight) all {Ts}", "(put|set) the selection on {T}", "only {T} (should be|please) selected",
    ),
    "undo": ("(undo|revert|take back|reverse|go back) [that|this|it|the last step|what you did|the last change]", "(I changed my mind|that was wrong|not like that) [, undo it]", "put it back (as|how|the way) it was", "back to (before|how it was)", "take that back", "undo", "no , undo that"),
    "count": (
        "how many {Ts} (are there|are here|do we have|do I have|can you see|are in the scene|exist|have we got|is that)", "how many {Ts} (are|stand|lie|sit|hang) {tD}", "(count|count up) {T}", "(what is|tell me|give me) the number of {Ts} [{tD}]", "how many {Ts}", "(is|are) there (a|any|some) {Ts} [{tD}]", "do (we|I|you) have (a|any|some) {Ts} [{tD}]",
        "(how much|how many) {Ts} (stand|is|are) {tD}", "how many {Ts} (does|do) the scene (have|contain|hold)", "number of {Ts}", "how many (things|objects|of them)/TH (are|lie|stand|sit) {tD}", "have (we|I) (got|) (a|any) {Ts}", "(is|are) there (any|) {Ts} in (here|this room|the scene)",
    ),
    "which": (
        "which {Ts} (are|is|stand|stands|lie|lies|sit|sits|hang|hangs) {tD}", "what (is|are|stands|lies|sits|do you see|is there) {tD}", "(which|what)/O {Ts} (are|is) {COLA}", "(which|what) {Ts} (are|is) made of {MATA}", "(show|find|list|name|tell) me {Ts} [{tD}]", "(list|find|name|enumerate) (all|every|the) {Ts} [{tD}]",
        "what is the {SUPA} {TH1} [in the room|in here|here|of all|in this scene]", "(what|which) {Ts} are {COLA}", "which {Ts} are {COLA}", "who (stands|is|sits) {tD}", "which {TH1} is [the] {SUPA} [{tTO}]", "(who|what) (is|stands|sits) (closest|nearest)/TA {tTO}", "what (else|) is there {tD}", "(who|what) is {tD}", "what can you see {tD}", "which (one|thing|object)/TH is [the] {SUPA}", "(which|what) is the {SUPA} {TH1}", "what (stands|lies|is) {tD}",
        "(what|which) things/TH are {COLA}", "tell me what is {tD}", "(what|which) {Ts} do we have [{tD}]",
    ),
    "where": (
        "where (is|are|'s) {T}", "where (is|are) {T}", "where (can I find|did you put|do I find|have you put|did I put|do you see) {T}", "(tell|show) me where {T} (is|are)", "(find|locate) {T}", "in which (place|corner|spot) is {T}", "what is the (position|location|place) of {T}", "where does {T} (stand|hang|lie)", "(do you know|can you tell me) where {T} (is|are)", "at what (position|height|place) (is|does) {T} (hang|stand|)", "whereabouts is {T}", "I (cannot|can't) find {T}", "how high (is|does) {T} (hang|hanging)",
    ),
    "size": (
        "how (big|large) (is|are) {T}", "how {A:tall,high,wide,long,deep,broad,thick} (is|are) {T}", "how {A:tall,high,wide,long,deep} (is|are) {T} [in (cm|metres|centimetres|feet)]", "what (is|are) the (size|dimensions|measurements|measures) of {T}", "what (is|'s) the {A:height,width,depth,length} of {T}", "(measure) {T}", "(give|tell) me the (size|dimensions) of {T}", "what size is {T}", "how {A:tall,high,wide} does {T} (stand|get)", "what does {T} measure", "(give|tell) me the {A:height,width,depth,length} of {T}", "(dimensions|size) of {T}", "how much (space|room) does {T} take",
    ),
    "what": (
        "what (is|are) {TW}", "what (is|are) {TW}", "what (kind|sort) of (thing|object) is {TW}", "(tell me about|describe|explain to me) {T}", "what am I looking at", "what do you (know about|see in|think of) {TW}", "(what colour|which colour|what color) (is|are|has) {T}", "what is {T} made of", "what material is {T}", "(identify) {TW}", "what's {TW}", "what is {TW} (called|good for|supposed to be)", "(can you|could you) tell me what {TW} is", "who is {TW}", "of what is {T} made",
    ),
    "missing": (
        "what (is|'s) (missing|wrong|left to do|still missing|needed) (for|before) {ENG}", "is (this|it|the scene|everything) ready for {ENG}", "(can I|could I) (use|export) (this|it) (in|to|for) {ENG}", "what (does|would) {ENG} (need|complain about|dislike|want|say)", "check (this|the scene|everything|it) for {ENG}", "(are there|any|do you see) problems (for|with|in) {ENG}", "what do I (need|have) to (fix|do|change|repair) for {ENG}", "(run the|do a) preflight for {ENG}", "will (this|it) work in {ENG}", "what is still missing for {ENG}", "what prevents (me from|) using (it|this) in {ENG}", "does anything (stop|keep) (this|it) from (going to|working in) {ENG}", "what has to be done before (this|it) goes to {ENG}",
    ),
    "why": (
        "why (is|are) {T} (there|here|standing there|where it is|in that place|placed there|so small|so big|called that)", "why did you (put|place|set|add|choose|move) {T} [there|here|like that]", "(explain|tell me) why {T} (is|stands) (there|here)", "what is the reason for {T}", "why {T}", "why (is|are) {T} (labelled|labeled|called|named) like that", "why does {T} (stand|hang|lie) (there|here)", "(how come|for what reason is) {T} (there|here|is there)", "why do you (think|say|believe) {T} is that", "why did {T} end up there", "why (is|does) {T} (stand|lie|) {tD}",
    ),
    "help": ("(help|what can you do|what can I say|what can I ask|how does this work|what do you understand|give me some examples|show me the commands|how do I use this|what are my options|who are you|what commands are there|what can I tell you|what should I say)",),
    "amend": (
        "(no|rather|actually|sorry|wait) [,] {COL} [instead|then|please]", "[no] (make it|make them|make that|I meant|better|rather) {AMC}", "(no|rather|better) [,] {LEN} [instead]", "(a bit|a little) (more|further|less) [, {LEN}]", "(no|not there|rather) [,] {D}", "[no ,] (the other way|to the other side)", "{COL} instead [please]", "in {COL} instead", "{AMC} instead",
        "(no|rather) [,] {DIR} [instead]", "(do the same|the same|and the same|same thing) (with|for|to) {TP}", "(also|as well|too|likewise) {TP}", "[no] (I mean|I meant) {TP}", "{LEN} (more|further|less)", "(make it|no ,|rather) {MAT} [instead]", "(and|now) {TP} (too|as well|also|likewise)", "(no|but) in {COL}", "(no ,|rather|better) {AMC}", "(make it|no , make it) {LEN}",
        "do that (again|once more) (for|with|to) {TP}", "only {AMC} [of them]", "{D} instead", "(no ,) {ANG} [instead]",
    ),
    "yes": ("(yes|yes please|do it|go ahead|ok do it|confirm|sure|yep|yeah|of course|yes do that|right|correct|exactly|that's right|carry on|yes I am sure|please do|go on)",),
    "no": ("(no|no thanks|cancel|stop|don't|never mind|forget it|leave it|no don't|better not|abort|rather not|do nothing|no leave it)",),
}  # fmt: skip
