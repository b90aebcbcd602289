// Started by after-us: removes the rig in a folder, `node rig-remover.js FOLDER`.
import { removeRig } from "./remove-rig.ts";

const [, , dir] = process.argv;
if (dir !== undefined) removeRig(dir);
