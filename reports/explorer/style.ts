import { colour, fontStack, type Token, tokens } from '../theme.ts'

const values = (dark: 0 | 1) =>
  Object.entries(tokens)
    .map(([token, pair]) => `${colour(token as Token).slice(4, -1)}:${pair[dark]}`)
    .join(';')

/** The style of the explorer and its lessons. Light and dark follow the reader's setting; paper is always light. */
export const explorerStyle = `
:root{color-scheme:light dark;${values(0)}}
@media screen and (prefers-color-scheme:dark){:root{${values(1)}}}
*{box-sizing:border-box}
html{font:100%/1.5 ${fontStack}}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`
