# ruff: noqa: E501 (a list of sentences or words a line)
"""The words the grammar draws from."""

NOUNS = (
    "chair;chair;chair;table;table;desk;desk;sofa;couch;armchair;stool;bench;bed;bookcase;bookshelf;shelf;cupboard;cabinet;wardrobe"
    ";dresser;nightstand;lamp;lamp;lamp;floor lamp;desk lamp;table lamp;ceiling light;pendant lamp;candle;plant;plant;flower pot"
    ";vase;bowl;mug;cup;bottle;book;laptop;monitor;keyboard;printer;television;tv;screen;whiteboard;pinboard;clock;picture"
    ";painting;poster;mirror;rug;carpet;curtain;cushion;pillow;radiator;waste bin;bin;trash can;basket;coat stand;coat rack;filing cabinet"
    ";drawer unit;meeting table;dining table;coffee table;dining chair;office chair;visitor chair;bar stool;side table"
    ";tv stand;fridge;oven;sink;washbasin;bathtub;toilet;shower;washing machine;column;pillar;partition;lectern;projector;server rack"
    ";door;window;wall;floor;ceiling;tree;oak;rock;boulder;stone;bush;barrel;crate;box;chest;fence;house;car;truck;street lamp"
    ";robot;wolf;dragon;horse;cat;dog;man;woman;girl;boy;guard;character;statue;person;thing;object;item;stairs;display case;workbench;piano;bike;shelf unit"
    ";flower;fan;guitar;teapot;sword;shield;ladder;rope;fountain;well;cart;tent;boat;lantern;torch;hammer;drawer;machine;pipe"
).split(";")
PEOPLE = ("man;woman;girl;boy;lady;guy;grandfather;teenager;gentleman;soldier;nurse;waiter;teacher;child;worker;businessman;person"
          ";character;knight;dancer;farmer;student;doctor;athlete;policeman;sailor;kid;clerk;granny;chef").split(";")  # fmt: skip
PERSON_ADJECTIVES = ("tall;short;old;young;slim;stocky;muscular;elderly;friendly;middle-aged;chubby;smiling;athletic;grumpy;thin"
                     ";bearded;blond;pretty;sporty;cheerful;sad;strong;pale").split(";")  # fmt: skip
PERSON_EXTRAS = (
    "with short grey hair;in a red jacket;wearing a blue dress;with glasses;with a beard;in a suit;with long blonde hair;of 60"
    ";in jeans and a white t-shirt;wearing boots;with a hat;smiling;in her thirties;about 1.80 m tall;with green eyes;in sportswear"
    ";with curly hair and a yellow coat;with dark skin;wearing a green sweater and black trousers;with a ponytail;aged 30"
    ";in a long coat;with freckles;in a uniform;and a scarf;with brown eyes and a skirt"
).split(";")
ROOMS = ("office;bedroom;kitchen;bathroom;living room;classroom;meeting room;laboratory;lab;lecture hall;clinic room;gallery;shop"
         ";cafe;hotel room;workshop;hallway;study;conference room;open plan office;restaurant;nursery;library").split(";")  # fmt: skip
ROOM_ADJECTIVES = ("bright;small;large;cosy;modern;dark;warm;tidy;messy;industrial;classic;spacious;tiny;elegant;colourful;white"
                   ";rustic;minimal;nordic;old-fashioned;sunny").split(";")  # fmt: skip
ROOM_EXTRAS = ("for six people;with a whiteboard;with two windows;for twelve pupils;of 40 square metres;with wooden floors"
               ";5 by 4 metres;with plants and a sofa;for a family;with a big screen;in warm colours;with green walls;and lots of plants"
               ";for eight;with a carpet;seen in the evening").split(";")  # fmt: skip
HOMES = "flat;apartment;house;home;family home;studio flat;bungalow;two-bedroom flat;three-room apartment".split(";")
HOME_EXTRAS = "of 70 square metres;with two bedrooms;with three bedrooms and a bath;for a couple;with a big kitchen;70 m2;on one floor".split(";")  # fmt: skip
CITIES = "city;street;high street;village;town;town square;market square;city block;downtown;old town;neighbourhood;avenue".split(
    ";"
)
CITY_EXTRAS = "with cafés;in the rain;at night;four storeys high;with trees;with shops;in winter;on a sunny day;with a church;with 40 houses".split(";")  # fmt: skip
CITY_ADJECTIVES = "rainy;busy;quiet;medieval;modern;foggy;snowy;small;big;narrow;sunny;dark".split(";")
LANDSCAPES = ("valley;forest;desert;mountain range;meadow;island;lake;coast;beach;hills;river valley;canyon;pine forest;heath;swamp"
              ";landscape;countryside;mountains").split(";")  # fmt: skip
LANDSCAPE_EXTRAS = "with a lake;with a river;in autumn;with rocks;covered in snow;with pines;at dawn;with a waterfall;with few trees;in spring".split(";")  # fmt: skip
LANDSCAPE_ADJECTIVES = "green;snowy;rocky;wide;wild;autumn;misty;hilly;flat;dry;lush;alpine".split(";")
CREATURES = "wolf;dragon;horse;cat;dog;spider;lizard;dinosaur;bird;eagle;alien;beetle;fox;bear;tiger;lion;unicorn;raptor;owl;raven".split(";")  # fmt: skip
CREATURE_ADJECTIVES = "black;white;big;small;furry;scaly;red;green;giant;tiny;shaggy;striped;old;winged;horned;skinny;spotted;wild".split(";")  # fmt: skip
CREATURE_EXTRAS = "with yellow eyes;with long horns;with wings;with a long tail;with spots;with short legs;without wings;with red eyes".split(";")  # fmt: skip
ROBOTS = "robot;droid;android;mech;combat robot;service robot;factory robot;toy robot;bot;helper robot".split(";")
ROBOT_ADJECTIVES = "rusty;big;small;white;orange;retro;shiny;old;tall;heavy;friendly;armed;yellow;battered;slim".split(";")
ROBOT_EXTRAS = "with a visor;with antennas;with blue lights;with a dome head;painted red;for the factory;with tracks;with one arm".split(";")  # fmt: skip
COLORS = ("red;blue;green;yellow;black;white;grey;brown;orange;purple;pink;beige;dark blue;light grey;navy;turquoise;gold;silver;cream"
          ";dark green;bright red;pale yellow;olive;teal;burgundy;violet;light blue;maroon;ivory;charcoal;mint;sky blue").split(";")  # fmt: skip
MATERIALS = ("wood;oak;walnut;pine;birch;metal;steel;brushed steel;chrome;brass;copper;glass;leather;fabric;velvet;linen;plastic"
             ";marble;stone;concrete;ceramic;cork;brick;wicker;cherry wood;ebony;aluminium;terrazzo;dark wood;porcelain;polished stone").split(";")  # fmt: skip
MATERIAL_ADJECTIVES = "wooden;metal;glass;leather;plastic;stone;ceramic;oak;marble;steel;wicker;woollen;concrete".split(";")
SIZES = "big;small;large;little;tall;short;long;wide;narrow;round;old;new;huge;tiny;heavy;square;empty;broken;low;high;selected".split(";")  # fmt: skip
SUPERLATIVES = ("biggest;smallest;tallest;largest;nearest;closest;highest;longest;lowest;widest;shortest;bigger;smaller;taller"
                ";shorter;farthest;leftmost;rightmost;front;left;right;other").split(";")  # fmt: skip
NAMES = "Anna;Ben;Max;Clara;Rex;Lucy;Tom;Unit 7;Oscar;Mira;Jack;Eva;Sam;Nora;Bob;Alice".split(";")
NEW_NAMES = ("Hero Chair;Old Desk;Table A;Boss Seat;Main Lamp;hero;Prop_01;Corner Plant;Kitchen Table;Bob;Grandma's Bed;big one;left lamp"
             ";Spawn Point;Front Door;Stage;Throne;Camp Fire;SM_Table").split(";")  # fmt: skip
RELATIONS = {
    "on": "on;on top of;onto;upon;on to;atop", "in": "in;inside;into;within", "under": "under;below;beneath;underneath",
    "above": "above;over", "beside": "beside;next to;by;alongside;at;adjacent to;right next to;to the side of;at the side of",
    "near": "near;close to;not far from;around the area of;nearby", "around": "around;all around;round;surrounding",
    "along": "along;lined up along;all along", "against": "against;up against;flush with", "facing": "facing;looking at;turned towards;pointing at;opposite",
    "front": "in front of;before;right in front of", "behind": "behind;at the back of;in back of",
    "left": "left of;to the left of;on the left side of;on the left of", "right": "right of;to the right of;on the right side of;on the right of",
}  # fmt: skip
CORNERS = "in the corner;in a corner;in one corner;into the corner;in the corner of the room;in the left corner;to the corner;in the back corner".split(";")  # fmt: skip
MIDDLES = "in the middle;in the middle of the room;in the centre;in the center of the room;into the middle;to the centre".split(";")
NUMBERS = "two;three;four;five;six;seven;eight;nine;ten;a dozen;twelve;a couple of;a few;2;3;4;6;10;several;a pair of;twenty;15;some".split(";")  # fmt: skip
LENGTHS = ("50 cm;half a metre;one metre;two metres;2 m;20 centimetres;1.5 m;a metre;30 cm;three feet;two and a half metres;10 cm;a foot"
           ";0.8 m;75 centimeters;one and a half meters;5 mm;a quarter of a metre;twelve inches;a metre and a half;ten centimetres;40cm;1m"
           ";forty five centimetres;3.2 metres;two meters;a few centimetres;thirty centimeters").split(";")  # fmt: skip
FACTORS = ("twice;double;50 percent;half;a third;20 %;1.5;three times;two times;a quarter;ten percent;30 percent;by 2;1.2 times;0.8"
           ";a fifth;80 %;two;triple").split(";")  # fmt: skip
ANGLES = ("90 degrees;45 degrees;thirty degrees;a quarter turn;half a turn;180 degrees;a half turn;15°;ninety degrees;60 deg;a full turn"
          ";minus 45 degrees;-30 degrees;one hundred and eighty degrees;a bit;ten degrees;270 degrees;a little;five degrees").split(";")  # fmt: skip
DIRECTIONS = {
    "left": "left;to the left;leftwards;to my left;towards the left;westwards;to the left hand side",
    "right": "right;to the right;rightwards;to my right;east;towards the right;sideways to the right",
    "up": "up;upwards;higher;upward", "down": "down;downwards;lower;downward",
    "forward": "forward;forwards;to the front;towards me;toward us;closer to me;towards the camera;nearer to the viewer",
    "back": "back;backwards;to the back;away;away from me;away from the camera;further away;backward;farther back;to the rear",
}  # fmt: skip
BIGGER = "bigger;larger;greater".split(";")
SMALLER = "smaller;tinier".split(";")
DIMENSIONS = {
    "bigger": "all", "larger": "all", "smaller": "all", "taller": "height", "higher": "height", "shorter": "height", "lower": "height",
    "wider": "width", "narrower": "width", "broader": "width", "longer": "width", "deeper": "depth", "thinner": "depth",
    "thicker": "depth", "shallower": "depth",
}  # fmt: skip
DIMENSION_NOUNS = "height;width;depth;length;size;tall;wide;high;long;deep;in height;in width;in size;across;in length".split(";")
MOODS = ("brighter;darker;warmer;cooler;morning;noon;midday;afternoon;evening;sunset;night;dusk;dawn;overcast;cloudy;moonlight;warm"
         ";cold;bright;dim;sunrise;golden hour;daylight;more light;less light;dimmer;midnight;lighter").split(";")  # fmt: skip
VIEWS = "front;top;above;left;right;side;back;behind;the front;the left;the right;bird's eye;close up;closeup;the top;overhead;the back;below".split(";")  # fmt: skip
ENGINES = "unreal;unreal engine;unity;godot;glb;gltf;vrm;the web;roblox;usd;ue5;usdz;Unreal Engine 5;threejs;vrchat".split(";")
CLIPS = "walk;run;jump;wave;sit;idle;dance;talk;clap;point;bow;kneel;climb;walking;running;waving;sitting;dancing;talking;stand;fly;roar;attack;sneak;march;walk cycle;pick up;cheer;sleep;nod".split(";")  # fmt: skip
POLITE = ("please;could you;can you;would you;I want you to;hey;ok;okay;now;hey worldwright;would you please;let's;I need you to;just;so;go ahead and"
          ";um;uh;kindly;can we;I'd like you to;well;and now;next;first;alright").split(";")  # fmt: skip
AFTER = (
    "please;for me;thanks;now;thank you;if you can;right away;again;ok;a bit;here;there;would you;instead;quickly;as well".split(
        ";"
    )
)
