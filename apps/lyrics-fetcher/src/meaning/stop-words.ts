/** Words without meaning for a line, in lower case with a straight apostrophe: English, German, French, Spanish. */
export const stopWords: ReadonlySet<string> = new Set(
  [
    "the and but for nor yet with from into onto upon over under out off about than then that this these those there here",
    "you your yours yourself she her hers him his himself herself its itself our ours they them their theirs who whom whose",
    "what which when where why how are was were been being have has had having does did doing done will would shall should",
    "can could may might must not all any both each few more most other some such only own same very just too also again",
    "i'm i'll i've i'd you're you'll you've you'd he's she's it's we're we'll we've they're they'll they've that's there's",
    "gonna wanna gotta cause 'cause yeah ooh aah hey let got get",
    "der die das den dem des ein eine einen einem einer und oder aber auch noch nur nicht mit von vom zum zur für auf aus bei",
    "ich mich mir mein meine dich dir dein deine sich sein seine ihr ihre wir uns unser euch sie ist bin bist sind war hat",
    "les des une dans pour par avec sur sous que qui quoi est sont était mais pas plus mon mes ton tes son ses nous vous ils",
    "elle elles leur leurs moi toi lui cette ces",
    "los las una uno unos unas del por para con sin que qué como pero más muy mis tus sus nos está este esta esto ese esa eso",
  ]
    .join(" ")
    .split(" "),
);
