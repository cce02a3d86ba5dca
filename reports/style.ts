import { colour, fontStack, type Token, tokens } from './theme.ts'

const values = (dark: 0 | 1) =>
  Object.entries(tokens)
    .map(([token, pair]) => `${colour(token as Token).slice(4, -1)}:${pair[dark]}`)
    .join(';')

/**
 * The style of the page. Light and dark follow the reader's setting; paper is always light. What
 * stays folded there says where it is; the long lists of inputs are in small type.
 */
export const style = `
:root{color-scheme:light dark;${values(0)}}
@media screen and (prefers-color-scheme:dark){:root{${values(1)}}}
*{box-sizing:border-box}
html{font:clamp(1rem,.75rem + .35vw,2rem)/1.5 ${fontStack};-webkit-text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:7.5rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word}
main,header,footer{max-width:66rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
h1{font-size:clamp(1.6rem,1.2rem + 1.8vw,2.5rem);line-height:1.15;margin:0 0 .4rem;text-wrap:balance}
h2{font-size:1.4rem;line-height:1.25;margin:0 0 .5rem;text-wrap:balance}
h3{font-size:1.02rem;line-height:1.3;margin:2rem 0 .4rem}
p{margin:.5rem 0;max-width:44rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
section{margin-top:3.25rem}
.question{font-size:1.1rem;color:var(--soft);max-width:44rem}
.answer{font-size:clamp(1.15rem,1rem + .7vw,1.5rem);line-height:1.4;max-width:52rem;margin:1.4rem 0 1rem;text-wrap:pretty}
.condition{border-left:.25rem solid var(--accent);padding-left:.8rem}
.banner{background:var(--panel);border:2px solid var(--warn);border-radius:.4rem;padding:.6rem .9rem;margin:1rem 0;font-weight:600;max-width:none}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;padding:0;margin:1rem 0 0;list-style:none;color:var(--soft);font-size:.92rem}
.facts b{color:var(--ink)}
nav{margin-top:1.4rem;font-size:.92rem}
nav ol{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;padding:0;margin:0;list-style:none}
figure{margin:1.2rem 0 0;break-inside:avoid}
figcaption{color:var(--soft);font-size:.92rem;margin-top:.5rem;max-width:48rem}
.chart{min-height:2rem}
.chart svg{display:block;width:100%;height:auto;overflow:visible}
.chart svg text{pointer-events:none}
.tooltip{position:fixed;z-index:9;max-width:20rem;background:var(--ink);color:var(--paper);padding:.35rem .55rem;border-radius:.3rem;font-size:.85rem;line-height:1.35;pointer-events:none}
.tooltip[hidden]{display:none}


.choices{position:sticky;top:0;z-index:5;max-width:66rem;margin:1.6rem auto 0;padding:.5rem 1.25rem .35rem;background:var(--paper);border-bottom:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;align-items:center;font-size:.88rem}
.choices[hidden]{display:none}
.choices label{display:flex;align-items:center;gap:.4rem;color:var(--soft)}
.choices select,.choices button{font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--soft);border-radius:.3rem;padding:.15rem .4rem;max-width:14rem}
.choices button{cursor:pointer}
.choices input{width:9rem;accent-color:var(--accent)}
.choices output{min-width:4.2rem;color:var(--ink);font-variant-numeric:tabular-nums}
.said{flex:1 0 100%;height:2.9em;line-height:1.45;overflow:auto;margin:0;max-width:none;color:var(--ink)}
@media screen and (max-width:36rem){
.choices{display:grid;grid-template-columns:1fr 1fr;gap:.3rem .6rem}
.choices span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.choices select{width:100%}
.choices a{display:none}
.choices input{width:100%;min-width:0}
.said{grid-column:1/-1}
html{scroll-padding-top:9.5rem}
}
details{margin:.6rem 0}
details details{margin-left:1.2rem}
.nb{white-space:nowrap}
summary{cursor:pointer;color:var(--accent);font-size:.92rem;width:fit-content}
.scroll{overflow-x:auto;margin:.5rem 0}
table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding-bottom:.3rem}
th,td{text-align:left;vertical-align:top;padding:.22rem .9rem .22rem 0;border-bottom:1px solid var(--grid)}
thead th{border-bottom:1px solid var(--line);color:var(--soft);font-weight:600}
tbody th{font-weight:600}
td.n,th.n{text-align:right;white-space:nowrap}
ul.plain{padding-left:1.1rem;max-width:46rem}
ul.plain li{margin:.35rem 0}
code,pre{font-family:ui-monospace,'Cascadia Mono','Segoe UI Mono','Liberation Mono',Menlo,monospace;font-size:.88em}
pre{background:var(--panel);padding:.7rem .9rem;border-radius:.4rem;white-space:pre-wrap;overflow-wrap:anywhere;max-width:none}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;font-size:.92rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
footer{margin-top:3.5rem;padding-top:1rem;padding-bottom:3rem;color:var(--soft);font-size:.88rem}
@media print{
@page{size:A4;margin:16mm 15mm}
html{font-size:10.5pt}
main,header,footer{max-width:none;padding:0}
header{padding-top:0}
section{margin-top:1.4rem}
h3{margin-top:1.2rem}
figure{margin-top:.6rem}
figcaption{max-width:none}
h2,h3,h2+p,summary{break-after:avoid;break-inside:avoid}
tr,figure,pre,dl,figure+details{break-inside:avoid}
nav,.tooltip,.choices,figure+details:not([open]),figure+details+details:not([open]),noscript{display:none}
summary{color:inherit;list-style:none}
details:not([data-print])>summary::after{content:': in the page of this report, not on paper'}
:not(figure)+details[data-print] table{font-size:7pt;line-height:1.15}
:not(figure)+details[data-print] :is(th,td){padding:.06rem .5rem .06rem 0;max-width:24em}
.scroll{overflow:visible}
a{color:inherit;text-decoration:none}
}
`
