/** Colours of Okabe and Ito (2008), which colour-blind readers can distinguish; darker on white, lighter on black. */
const light = {
  back: "#ffffff", panel: "#f4f6f8", text: "#1f2328", muted: "#59636e", grid: "#d8dee4", wave: "#9aa4af", truth: "#1f2328",
  blue: "#0072b2", orange: "#c4500a", green: "#007f5c", purple: "#a0467f",
};
const dark = {
  back: "#0d1117", panel: "#161b22", text: "#e6edf3", muted: "#9198a1", grid: "#30363d", wave: "#6e7681", truth: "#e6edf3",
  blue: "#56b4e9", orange: "#f0a04b", green: "#35c79c", purple: "#dd8fbb",
};
/** @type {readonly (keyof typeof light)[]} */
const SERIES = ["blue", "orange", "green", "purple"];

/** @param {typeof light} theme */
function rules(theme) {
  const series = SERIES.map((name) => {
    return `.${name}{stroke:${theme[name]};fill:none}.${name}-area{fill:${theme[name]}}`;
  });
  return [
    `.back{fill:${theme.back}}.panel{fill:${theme.panel}}.shade{fill:${theme.grid};opacity:.45}`,
    `text{fill:${theme.text}}.muted{fill:${theme.muted}}`,
    `.grid{stroke:${theme.grid};fill:none}.wave{fill:${theme.wave}}`,
    `.truth{stroke:${theme.truth};fill:none;opacity:.38}.known{stroke:${theme.truth};fill:none;opacity:.22;stroke-width:6}`,
    `.mark{stroke:${theme.truth};fill:none;opacity:.75;stroke-dasharray:4 3}`,
    ...series,
  ].join("");
}

/** Follows the reader's colour scheme; the background is part of the picture, so it is readable under any page. */
export const STYLE = [
  "<style>text{font:12px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif}",
  ".title{font-weight:600;font-size:15px}.label{font-weight:600}.small{font-size:11px}.end{text-anchor:end}.middle{text-anchor:middle}",
  "path{stroke-width:1.5;stroke-linejoin:round}.grid,.truth{stroke-width:1}[class$=area],.wave{stroke:none}",
  rules(light),
  `@media(prefers-color-scheme:dark){${rules(dark)}}</style>`,
].join("");
