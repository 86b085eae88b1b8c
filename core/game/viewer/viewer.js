// The page of a pack: a turntable, and a walk with collision. Reads the models that the page holds as base64.
"use strict";
const bytesOf = (id) => Uint8Array.from(atob(document.getElementById(id).textContent.trim()), (letter) => letter.charCodeAt(0)).buffer;
const pack = JSON.parse(document.getElementById("pack").textContent);
const state = (window.worldwright = { ready: false, error: "", level: 0, triangles: 0, clips: [], walking: false, solids: 0, frames: 0 });
const canvas = document.getElementById("view");

const renderer = new three.WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true });
renderer.toneMapping = three.ACESFilmicToneMapping;
renderer.shadowMap.enabled = true;
const scene = new three.Scene();
scene.background = new three.Color(0xe9ebee);
scene.environment = new three.PMREMGenerator(renderer).fromScene(new three.RoomEnvironment(), 0.04).texture;
scene.environmentIntensity = 0.6;
const sun = new three.DirectionalLight(0xffffff, 2);
sun.castShadow = true;
sun.shadow.mapSize.set(1024, 1024);
sun.shadow.normalBias = 0.02;
scene.add(sun, sun.target);
const floor = new three.Mesh(new three.PlaneGeometry(1, 1), new three.ShadowMaterial({ opacity: 0.25 }));
floor.rotation.x = -Math.PI / 2;
floor.receiveShadow = true;
scene.add(floor);
const camera = new three.PerspectiveCamera(40, 1, 0.02, 2000);
const orbit = new three.OrbitControls(camera, canvas);
orbit.enableDamping = true;
orbit.autoRotate = true;
orbit.autoRotateSpeed = 1.2;
canvas.addEventListener("pointerdown", () => { orbit.autoRotate = false; });

const levels = new Map();
const solids = [];
let mixer = null;
const clock = new three.Clock();
const isSolid = (name) => /_COL_|_NAV_|-convcolonly|-navmesh|^UCX_|convcolonly$|navmesh$/.test(name);

async function load(level) {
  if (levels.has(level)) return levels.get(level);
  const gltf = await new three.GLTFLoader().parseAsync(bytesOf(`model-${level}`), "");
  let triangles = 0;
  gltf.scene.traverse((node) => {
    if (isSolid(node.name)) {
      if (node.isMesh && level === 0) solids.push(node);
      node.visible = false;
      return;
    }
    if (node.isLight) node.visible = false;
    if (!node.isMesh) return;
    node.castShadow = node.receiveShadow = true;
    node.frustumCulled = !node.isSkinnedMesh;
    triangles += (node.geometry.index ? node.geometry.index.count : node.geometry.attributes.position.count) / 3;
  });
  const found = { scene: gltf.scene, clips: gltf.animations, triangles };
  levels.set(level, found);
  return found;
}

async function show(level) {
  const chosen = await load(level);
  for (const other of levels.values()) scene.remove(other.scene);
  scene.add(chosen.scene);
  Object.assign(state, { level, triangles: chosen.triangles, solids: solids.length });
  document.getElementById("facts").textContent = `${Math.round(chosen.triangles).toLocaleString("en")} triangles`;
  if (level === 0) play(document.getElementById("clip").value);
}

function play(name) {
  const first = levels.get(0);
  if (mixer) mixer.stopAllAction();
  const clip = first.clips.find((one) => one.name === name);
  if (!clip) return;
  mixer = new three.AnimationMixer(first.scene);
  mixer.clipAction(clip).setLoop(three.LoopRepeat).play();
}

function frame(box) {
  const size = box.getSize(new three.Vector3()), middle = box.getCenter(new three.Vector3()), radius = size.length() / 2;
  orbit.target.copy(middle);
  camera.position.copy(middle).add(new three.Vector3(0.7, 0.35, 1).normalize().multiplyScalar(radius / Math.sin(Math.PI / 9)));
  camera.near = radius / 200;
  camera.far = radius * 40;
  sun.position.copy(middle).add(new three.Vector3(1, 2, 1.5).normalize().multiplyScalar(radius * 3));
  sun.target.position.copy(middle);
  Object.assign(sun.shadow.camera, { left: -radius, right: radius, top: radius, bottom: -radius, far: radius * 7 });
  sun.shadow.camera.updateProjectionMatrix();
  floor.position.set(middle.x, box.min.y - radius / 2000, middle.z);
  floor.scale.setScalar(radius * 8);
}

// Walking: the eye is a capsule 0.3 m wide; rays at knee and chest against the collision shapes keep it out of walls.
const EYE = 1.65, GIRTH = 0.3, STEP = 0.45, SPEED = 2.2;
const keys = new Set(), ray = new three.Raycaster(), look = { yaw: 0, pitch: 0 };
const DOWN = new three.Vector3(0, -1, 0);
const cast = (from, way, far) => {
  ray.set(from, way);
  ray.far = far;
  for (const solid of solids) solid.visible = true;
  const hit = ray.intersectObjects(solids, false)[0];
  for (const solid of solids) solid.visible = false;
  return hit;
};
function blocked(from, way, length) {
  return [STEP + 0.05, 1.2].some((height) => cast(new three.Vector3(from.x, from.y - EYE + height, from.z), way, length + GIRTH));
}
function stride(seconds) {
  const forward = (keys.has("w") || keys.has("arrowup")) - (keys.has("s") || keys.has("arrowdown"));
  const side = keys.has("d") - keys.has("a");
  look.yaw -= ((keys.has("arrowright") || keys.has("e")) - (keys.has("arrowleft") || keys.has("q"))) * seconds * 1.8;
  const moves = [[-Math.sin(look.yaw) * forward, -Math.cos(look.yaw) * forward], [Math.cos(look.yaw) * side, -Math.sin(look.yaw) * side]];
  const x = moves[0][0] + moves[1][0], z = moves[0][1] + moves[1][1], length = SPEED * seconds;
  for (const way of [new three.Vector3(Math.sign(x), 0, 0), new three.Vector3(0, 0, Math.sign(z))]) {
    const share = Math.abs(way.x ? x : z);
    if (way.lengthSq() && share > 0.01 && !blocked(camera.position, way, length * share)) camera.position.addScaledVector(way, length * share);
  }
  const ground = cast(new three.Vector3(camera.position.x, camera.position.y - EYE + STEP, camera.position.z), DOWN, 3);
  if (ground) camera.position.y += (ground.point.y + EYE - camera.position.y) * Math.min(1, 12 * seconds);
  camera.rotation.set(look.pitch, look.yaw, 0, "YXZ");
}
function walk(on) {
  state.walking = on;
  orbit.enabled = !on;
  if (!on) return frame(new three.Box3().setFromObject(levels.get(0).scene));
  const box = new three.Box3().setFromObject(levels.get(0).scene), middle = box.getCenter(new three.Vector3());
  camera.near = 0.05;
  camera.position.set(middle.x, box.min.y + EYE + 0.2, middle.z);
  look.yaw = look.pitch = 0;
}
window.addEventListener("keydown", (event) => { keys.add(event.key.toLowerCase()); if (state.walking && event.key.startsWith("Arrow")) event.preventDefault(); });
window.addEventListener("keyup", (event) => keys.delete(event.key.toLowerCase()));
canvas.addEventListener("pointermove", (event) => {
  if (!state.walking || !event.buttons) return;
  look.yaw -= event.movementX * 0.004;
  look.pitch = three.MathUtils.clamp(look.pitch - event.movementY * 0.004, -1.3, 1.3);
});

function tick() {
  const seconds = Math.min(clock.getDelta(), 0.1), { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * renderer.getPixelRatio()) || canvas.height !== Math.round(height * renderer.getPixelRatio())) renderer.setSize(width, height, false);
  camera.aspect = width / height;
  camera.updateProjectionMatrix();
  if (mixer) mixer.update(seconds);
  if (state.walking) stride(seconds);
  else orbit.update();
  renderer.render(scene, camera);
  state.frames += 1;
  document.documentElement.dataset.state = JSON.stringify(state); // for tests, and for pages that hold this one
  requestAnimationFrame(tick);
}

(async () => {
  try {
    const first = await load(0);
    const clip = document.getElementById("clip"), level = document.getElementById("level"), walking = document.getElementById("walk");
    state.clips = first.clips.map((one) => one.name);
    clip.append(...["none", ...state.clips].map((name) => new Option(name)));
    clip.hidden = state.clips.length === 0;
    clip.value = state.clips[0] || "none";
    clip.onchange = () => play(clip.value);
    level.append(...pack.levels.map((number) => new Option(`LOD ${number}`, number)));
    level.hidden = pack.levels.length < 2;
    level.onchange = () => show(Number(level.value));
    walking.hidden = solids.length === 0 || !pack.walk;
    walking.onchange = () => walk(walking.querySelector("input").checked);
    await show(0);
    frame(new three.Box3().setFromObject(first.scene));
    state.ready = true;
    if (location.hash === "#walk" && !walking.hidden) walking.querySelector("input").click();
  } catch (error) {
    state.error = String(error);
    document.getElementById("facts").textContent = `This pack cannot be shown: ${error}`;
  }
  tick();
})();
