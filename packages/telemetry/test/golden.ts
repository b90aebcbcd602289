/** One message per address of the contract. The bytes were written by a Python program (struct.pack), not by the code under test. */
export const golden: Record<string, { tags: string; values: (string | number)[]; hex: string }> = {
  "/audio/levels": {
    tags: "ffffffff",
    values: [1, 1, 1, 1, 1, 1, 1, 1],
    hex: "2f617564696f2f6c6576656c730000002c66666666666666660000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f800000",
  },
  "/audio/spectrum": {
    tags: "ffffffffffffffffffffffffffffffff",
    values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    hex: "2f617564696f2f737065637472756d002c66666666666666666666666666666666666666666666666666666666666666660000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f800000",
  },
  "/audio/beat": {
    tags: "if",
    values: [1, 1],
    hex: "2f617564696f2f62656174002c696600000000013f800000",
  },
  "/audio/bpm": {
    tags: "ff",
    values: [2, 1],
    hex: "2f617564696f2f62706d00002c666600400000003f800000",
  },
  "/audio/pitch": {
    tags: "ff",
    values: [2, 1],
    hex: "2f617564696f2f7069746368000000002c666600400000003f800000",
  },
  "/audio/structure": {
    tags: "iiff",
    values: [1, 1, 1, 1],
    hex: "2f617564696f2f737472756374757265000000002c6969666600000000000001000000013f8000003f800000",
  },
  "/audio/phase": {
    tags: "ffi",
    values: [1, 1, 1],
    hex: "2f617564696f2f7068617365000000002c666669000000003f8000003f80000000000001",
  },
  "/audio/bar": {
    tags: "iiff",
    values: [1, 1, 1, 1],
    hex: "2f617564696f2f62617200002c6969666600000000000001000000013f8000003f800000",
  },
  "/audio/phrase": {
    tags: "iif",
    values: [1, 1, 1],
    hex: "2f617564696f2f7068726173650000002c6969660000000000000001000000013f800000",
  },
  "/audio/section": {
    tags: "sf",
    values: ["groove", 1],
    hex: "2f617564696f2f73656374696f6e00002c73660067726f6f766500003f800000",
  },
  "/audio/tempo": {
    tags: "fifi",
    values: [1, 1, 1, 1],
    hex: "2f617564696f2f74656d706f000000002c666966690000003f800000000000013f80000000000001",
  },
  "/audio/onset": {
    tags: "fff",
    values: [1, 1, 1],
    hex: "2f617564696f2f6f6e736574000000002c666666000000003f8000003f8000003f800000",
  },
  "/audio/silence": {
    tags: "i",
    values: [1],
    hex: "2f617564696f2f73696c656e636500002c69000000000001",
  },
  "/audio/energy": {
    tags: "ff",
    values: [1, 1],
    hex: "2f617564696f2f656e657267790000002c6666003f8000003f800000",
  },
  "/audio/osc": {
    tags: "fffffffff",
    values: [1, 1, 1, 1, 1, 1, 1, 1, 1],
    hex: "2f617564696f2f6f736300002c66666666666666666600003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f8000003f800000",
  },
  "/audio/smooth": {
    tags: "fff",
    values: [1, 1, 1],
    hex: "2f617564696f2f736d6f6f74680000002c666666000000003f8000003f8000003f800000",
  },
  "/karaoke/track": {
    tags: "issssfi",
    values: [1, "Grüße 1", "Grüße 2", "Grüße 3", "Grüße 4", 2, 1],
    hex: "2f6b6172616f6b652f747261636b00002c6973737373666900000000000000014772c3bcc39f6520310000004772c3bcc39f6520320000004772c3bcc39f6520330000004772c3bcc39f6520340000004000000000000001",
  },
  "/karaoke/pos": {
    tags: "fi",
    values: [2, 1],
    hex: "2f6b6172616f6b652f706f73000000002c6669004000000000000001",
  },
  "/lyrics/available": {
    tags: "ssi",
    values: ["Grüße 1", "Grüße 2", 1],
    hex: "2f6c79726963732f617661696c61626c650000002c737369000000004772c3bcc39f6520310000004772c3bcc39f65203200000000000001",
  },
  "/playback/spotify/track": {
    tags: "issssfi",
    values: [1, "Grüße 1", "Grüße 2", "Grüße 3", "Grüße 4", 2, 1],
    hex: "2f706c61796261636b2f73706f746966792f747261636b002c6973737373666900000000000000014772c3bcc39f6520310000004772c3bcc39f6520320000004772c3bcc39f6520330000004772c3bcc39f6520340000004000000000000001",
  },
  "/playback/spotify/pos": {
    tags: "fi",
    values: [2, 1],
    hex: "2f706c61796261636b2f73706f746966792f706f730000002c6669004000000000000001",
  },
  "/playback/virtualdj/track": {
    tags: "issssfi",
    values: [1, "Grüße 1", "Grüße 2", "Grüße 3", "Grüße 4", 2, 1],
    hex: "2f706c61796261636b2f7669727475616c646a2f747261636b0000002c6973737373666900000000000000014772c3bcc39f6520310000004772c3bcc39f6520320000004772c3bcc39f6520330000004772c3bcc39f6520340000004000000000000001",
  },
  "/playback/virtualdj/pos": {
    tags: "fi",
    values: [2, 1],
    hex: "2f706c61796261636b2f7669727475616c646a2f706f73002c6669004000000000000001",
  },
  "/playback/desktop/track": {
    tags: "issssfi",
    values: [1, "Grüße 1", "Grüße 2", "Grüße 3", "Grüße 4", 2, 1],
    hex: "2f706c61796261636b2f6465736b746f702f747261636b002c6973737373666900000000000000014772c3bcc39f6520310000004772c3bcc39f6520320000004772c3bcc39f6520330000004772c3bcc39f6520340000004000000000000001",
  },
  "/playback/desktop/pos": {
    tags: "fi",
    values: [2, 1],
    hex: "2f706c61796261636b2f6465736b746f702f706f730000002c6669004000000000000001",
  },
  "/ai/meaning": {
    tags: "ffsss",
    values: [0.5, -0.25, "Grüße 1", "Grüße 2", "model"],
    hex: "2f61692f6d65616e696e67002c666673737300003f000000be8000004772c3bcc39f6520310000004772c3bcc39f6520320000006d6f64656c000000",
  },
  "/karaoke/lyrics/reset": {
    tags: "",
    values: [],
    hex: "2f6b6172616f6b652f6c79726963732f72657365740000002c000000",
  },
  "/karaoke/lyrics/line": {
    tags: "ifs",
    values: [1, 2, "Grüße 2"],
    hex: "2f6b6172616f6b652f6c79726963732f6c696e65000000002c6966730000000000000001400000004772c3bcc39f652032000000",
  },
  "/karaoke/line/active": {
    tags: "i",
    values: [1],
    hex: "2f6b6172616f6b652f6c696e652f616374697665000000002c69000000000001",
  },
  "/karaoke/refrain/reset": {
    tags: "",
    values: [],
    hex: "2f6b6172616f6b652f7265667261696e2f726573657400002c000000",
  },
  "/karaoke/refrain/line": {
    tags: "ifs",
    values: [1, 2, "Grüße 2"],
    hex: "2f6b6172616f6b652f7265667261696e2f6c696e650000002c6966730000000000000001400000004772c3bcc39f652032000000",
  },
  "/karaoke/refrain/active": {
    tags: "is",
    values: [1, "Grüße 1"],
    hex: "2f6b6172616f6b652f7265667261696e2f616374697665002c697300000000014772c3bcc39f652031000000",
  },
  "/karaoke/keywords/reset": {
    tags: "s",
    values: ["Grüße 0"],
    hex: "2f6b6172616f6b652f6b6579776f7264732f7265736574002c7300004772c3bcc39f652030000000",
  },
  "/karaoke/keywords/line": {
    tags: "ifs",
    values: [1, 2, "Grüße 2"],
    hex: "2f6b6172616f6b652f6b6579776f7264732f6c696e6500002c6966730000000000000001400000004772c3bcc39f652032000000",
  },
  "/karaoke/keywords/active": {
    tags: "is",
    values: [1, "Grüße 1"],
    hex: "2f6b6172616f6b652f6b6579776f7264732f616374697665000000002c697300000000014772c3bcc39f652031000000",
  },
  "/karaoke/word/reset": {
    tags: "ii",
    values: [1, 1],
    hex: "2f6b6172616f6b652f776f72642f7265736574002c6969000000000100000001",
  },
  "/karaoke/word/line": {
    tags: "ifs",
    values: [1, 2, "Grüße 2"],
    hex: "2f6b6172616f6b652f776f72642f6c696e6500002c6966730000000000000001400000004772c3bcc39f652032000000",
  },
  "/karaoke/word/active": {
    tags: "is",
    values: [1, "Grüße 1"],
    hex: "2f6b6172616f6b652f776f72642f616374697665000000002c697300000000014772c3bcc39f652031000000",
  },
  "/pipeline/reset": {
    tags: "",
    values: [],
    hex: "2f706970656c696e652f7265736574002c000000",
  },
  "/pipeline/step": {
    tags: "ssf",
    values: ["fetch_lyrics", "complete", 0.5],
    hex: "2f706970656c696e652f7374657000002c7373660000000066657463685f6c797269637300000000636f6d706c657465000000003f000000",
  },
  "/karaoke/categories/mood": {
    tags: "s",
    values: ["Grüße 0"],
    hex: "2f6b6172616f6b652f63617465676f726965732f6d6f6f64000000002c7300004772c3bcc39f652030000000",
  },
  "/karaoke/categories/dark": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f6461726b000000002c6600003f800000",
  },
  "/karaoke/categories/happy": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f68617070790000002c6600003f800000",
  },
  "/karaoke/categories/sad": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f736164002c6600003f800000",
  },
  "/karaoke/categories/energetic": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f656e657267657469630000002c6600003f800000",
  },
  "/karaoke/categories/calm": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f63616c6d000000002c6600003f800000",
  },
  "/karaoke/categories/love": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f6c6f7665000000002c6600003f800000",
  },
  "/karaoke/categories/death": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f64656174680000002c6600003f800000",
  },
  "/karaoke/categories/romantic": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f726f6d616e746963000000002c6600003f800000",
  },
  "/karaoke/categories/aggressive": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f6167677265737369766500002c6600003f800000",
  },
  "/karaoke/categories/peaceful": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f706561636566756c000000002c6600003f800000",
  },
  "/karaoke/categories/nostalgic": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f6e6f7374616c6769630000002c6600003f800000",
  },
  "/karaoke/categories/uplifting": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f63617465676f726965732f75706c696674696e670000002c6600003f800000",
  },
  "/karaoke/image": {
    tags: "s",
    values: ["Grüße 0"],
    hex: "2f6b6172616f6b652f696d61676500002c7300004772c3bcc39f652030000000",
  },
  "/karaoke/image/clear": {
    tags: "",
    values: [],
    hex: "2f6b6172616f6b652f696d6167652f636c656172000000002c000000",
  },
  "/karaoke/image/opacity": {
    tags: "f",
    values: [1],
    hex: "2f6b6172616f6b652f696d6167652f6f70616369747900002c6600003f800000",
  },
  "/karaoke/image/fade": {
    tags: "i",
    values: [1],
    hex: "2f6b6172616f6b652f696d6167652f66616465002c69000000000001",
  },
};
