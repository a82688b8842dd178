export {
  checked,
  choice,
  flag,
  list,
  number,
  parsed,
  repeated,
  runName,
  text,
  whole,
  yesOrNo,
} from "./kinds.js";
export {
  flagOf,
  type RawValues,
  readSettings,
  type Setting,
  type Settings,
  type ValuesOf,
  wordsOf,
} from "./setting.js";
