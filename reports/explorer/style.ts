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
html{font:clamp(.94rem,.8rem + .25vw,2rem)/1.45 ${fontStack};-webkit-text-size-adjust:100%}
html.projector{font-size:clamp(1.05rem,.65rem + .7vw,3rem)}
html.projector{--soft:var(--ink);--line:var(--ink)}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.soft{color:var(--soft);font-size:.88em}
h1{font-size:1.45rem;line-height:1.2;margin:0}
h2{font-size:1.05rem;line-height:1.25;margin:0}
p{margin:.4rem 0}
a{color:var(--accent)}
code{font-family:ui-monospace,'Cascadia Mono',Menlo,'Liberation Mono',monospace;font-size:.92em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
button,select,input{font:inherit;color:inherit;max-width:100%}
button{background:var(--panel);border:1px solid var(--line);border-radius:.35rem;padding:.15rem .6rem;cursor:pointer;min-height:1.9rem;white-space:nowrap}
button:hover:not(:disabled){border-color:var(--accent)}
button:disabled{opacity:.45;cursor:default}
button[aria-pressed=true]{background:var(--ink);color:var(--paper)}
select,input:not([type=range]){background:var(--paper);border:1px solid var(--line);border-radius:.35rem;padding:.15rem .35rem;min-height:1.9rem;min-width:0}
input[type=range]{appearance:none;width:100%;margin:0;height:1.5rem;background:none;cursor:pointer}
input[type=range]::-webkit-slider-runnable-track{height:.35rem;border-radius:.2rem;background:var(--line)}
input[type=range]::-moz-range-track{height:.35rem;border-radius:.2rem;background:var(--line)}
input[type=range]::-webkit-slider-thumb{appearance:none;width:1.15rem;height:1.15rem;margin-top:-.4rem;border-radius:50%;background:var(--accent);border:2px solid var(--paper);box-shadow:0 0 0 1px var(--accent)}
input[type=range]::-moz-range-thumb{width:1rem;height:1rem;border-radius:50%;background:var(--accent);border:2px solid var(--paper);box-shadow:0 0 0 1px var(--accent)}
input::placeholder{font-size:.82em;color:var(--soft)}
[hidden]{display:none!important}
.problem{display:flex;gap:1rem;align-items:flex-start;border:2px solid var(--warn);background:var(--panel);border-radius:.4rem;margin:.6rem;padding:.5rem .8rem}
.problem pre{margin:0;white-space:pre-wrap;flex:1;font-family:ui-monospace,'Cascadia Mono',Menlo,monospace;font-size:.86rem;max-height:50vh;overflow:auto}
.tools{display:flex;flex-wrap:wrap;gap:.4rem .9rem;align-items:center;padding:.5rem 1.2rem;background:var(--panel);border-bottom:1px solid var(--grid);font-size:.9rem}
.tools label{display:flex;gap:.4rem;align-items:center;min-width:0}
.tools select{max-width:16rem}
.buttons{display:flex;flex-wrap:wrap;gap:.3rem;align-items:center}
.tools>.buttons:last-of-type{margin-left:auto}
.explorer{display:grid;grid-template-columns:minmax(17rem,23rem) minmax(0,1fr);gap:0 1.6rem;padding:0 1.2rem}
.explorer>main{grid-column:2;grid-row:1;padding:1rem 0 3rem;min-width:0}
.panel{grid-column:1;grid-row:1;position:sticky;top:0;max-height:100vh;overflow-y:auto;padding:1rem .6rem 2rem 0;align-self:start;scrollbar-gutter:stable}
.opener{display:none}
.search{display:grid;gap:.2rem}
.search label{font-weight:600}
.levers>summary{cursor:pointer;font-weight:700;padding:.5rem 0;border-top:1px solid var(--grid)}
.lever{display:grid;grid-template-columns:minmax(0,1fr) 5.2rem;gap:.1rem .6rem;align-items:center;padding:.45rem 0 .5rem .5rem;border-left:3px solid transparent}
.lever:not(.moved) input[type=range]::-webkit-slider-thumb{background:var(--paper);box-shadow:0 0 0 1px var(--soft)}
.lever:not(.moved) input[type=range]::-moz-range-thumb{background:var(--paper);box-shadow:0 0 0 1px var(--soft)}
.lever.moved{border-left-color:var(--accent);background:var(--panel)}
.lever label{grid-column:1/-1;line-height:1.25}
.lever .where,.lever .back{grid-column:1/-1;font-size:.82rem;justify-self:start}
.lever .where summary{cursor:pointer;color:var(--soft)}
.lever .back{min-height:1.6rem}
.track{position:relative}
.own{position:absolute;top:.575rem;height:.35rem;background:var(--soft);border-radius:.2rem;pointer-events:none}
.own.value{border-left:3px solid var(--ink);top:.3rem;height:.9rem;border-radius:0}
.track input{position:relative}
.progress{display:flex;gap:.6rem;align-items:center;margin:.2rem 0}
progress{height:.35rem;width:9rem;accent-color:var(--accent)}
.answer{font-size:1.12rem;max-width:60rem;text-wrap:pretty;min-height:3.2em}
.condition{border-left:.2rem solid var(--accent);padding-left:.6rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(12.5rem,100%),1fr));gap:.6rem;margin:.8rem 0}
.card{background:var(--panel);border-radius:.45rem;padding:.6rem .8rem;min-height:6.6rem}
.card dt{color:var(--soft);font-size:.9rem}
.card dd{margin:0;font-variant-numeric:tabular-nums}
.card b{font-size:1.6rem;line-height:1.2;font-weight:650}
.card .interval,.card .moved{display:inline-block}
.card .moved{font-weight:650}
.card .moved.soft{font-weight:400}
.time{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;background:var(--paper);border-bottom:1px solid var(--grid);padding:.4rem 0}
.time input{flex:1 1 8rem;width:auto}
.time .quarter{font-weight:700;font-variant-numeric:tabular-nums;min-width:4.5rem;text-align:right}
.figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:2rem 2.2rem;margin-top:1rem}
figure{margin:0;min-width:0;break-inside:avoid}
#figure-paths,#figure-map,#figure-actor,#figure-causes{grid-column:1/-1}
.figure-head{display:flex;justify-content:space-between;gap:.6rem;align-items:baseline;margin-bottom:.5rem}
.saves{display:flex;gap:.25rem}
.saves button{font-size:.72rem;min-height:1.5rem;padding:0 .4rem;color:var(--soft);background:none}
.pictures{display:grid;gap:1.2rem 24px;min-height:10rem;align-items:start}
[data-actor]{cursor:pointer}
.pictures svg{display:block;width:100%;height:auto;overflow:hidden}
figcaption{color:var(--soft);font-size:.86rem;margin-top:.4rem}
.actor{display:flex;gap:.5rem;align-items:center;margin-bottom:.6rem;font-weight:600}
html.projector :is(figcaption,.saves,.where,.search,.condition,label:has(#seed),label:has(#run-count),.files){display:none}
html.projector .answer{font-weight:600;min-height:0}
html.projector .explorer{grid-template-columns:minmax(13rem,17rem) minmax(0,1fr)}
html.projector main{padding-top:.6rem}
html.projector .cards{grid-template-columns:repeat(auto-fit,minmax(min(10.5rem,100%),1fr));gap:.4rem;margin:.5rem 0}
html.projector .card{min-height:0;padding:.4rem .6rem}
html.projector .lever{grid-template-columns:minmax(0,1fr) 4.4rem}
html.projector .tools{padding-block:.3rem}
@media (max-width:70rem){.figures{grid-template-columns:minmax(0,1fr)}}
@media (max-width:52rem){
.explorer{display:block;padding:0 .7rem}
.tools{padding:.5rem .7rem}
.tools label,.tools select{max-width:100%}
.tools label{flex:1 1 100%}
.tools label select{flex:1}
.tools>.buttons:last-of-type{margin-left:0}
.panel{position:sticky;top:auto;bottom:0;max-height:50vh;background:var(--paper);border-top:2px solid var(--line);padding:0;z-index:3;scrollbar-gutter:auto;scroll-padding-top:2.6rem}
html{scroll-padding-bottom:3rem}
.panel:not(.open)>:not(.opener){display:none}
.opener{display:block;position:sticky;top:0;z-index:1;width:100%;min-height:2.4rem;border:0;border-radius:0;text-align:left;font-weight:700}
.opener::before{content:'▴ '}
.panel.open>.opener::before{content:'▾ '}
.time{position:static}
}
@media print{.tools,.panel,.time,.saves{display:none}.explorer{display:block}.figures{grid-template-columns:1fr}}
@media (prefers-reduced-motion:no-preference){.lever{transition:background .15s}}
`
