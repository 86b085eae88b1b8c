// Loads the .vrm given on the command line and prints what three-vrm made of it, as JSON.
import { readFileSync } from "node:fs";
globalThis.self = globalThis;
globalThis.createImageBitmap = async () => ({ width: 1, height: 1, close() {} });
globalThis.URL.createObjectURL = () => "data:,";
globalThis.URL.revokeObjectURL = () => {};
const { GLTFLoader } = await import("three/examples/jsm/loaders/GLTFLoader.js");
const { ImageBitmapLoader, Loader, Texture } = await import("three");
ImageBitmapLoader.prototype.load = (url, done) => done({ width: 1, height: 1, close() {} });
const { VRMLoaderPlugin } = await import("@pixiv/three-vrm");
const bytes = readFileSync(process.argv[2]);
const loader = new GLTFLoader();
loader.register((parser) => new VRMLoaderPlugin(parser));
const gltf = await loader.parseAsync(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), "");
const vrm = gltf.userData.vrm;
console.log(JSON.stringify({
  meta: vrm.meta.metaVersion, name: vrm.meta.name,
  bones: Object.keys(vrm.humanoid.humanBones).length, expressions: vrm.expressionManager ? vrm.expressionManager.expressions.length : 0,
}));
process.exit(0);
