import { colour, type Token, tokens } from '../../theme.ts'

const lightTokens = Object.entries(tokens)
  .map(([token, [light]]) => `${colour(token as Token).slice(4, -1)}:${light}`)
  .join(';')

/** The style of lessons: one column, large type, and paper with two pages. */
export const lessonStyle = `
.lesson{max-width:48em;margin:0 auto;padding:1rem clamp(.75rem,3vw,2rem) 4rem;font-size:clamp(1rem,.85rem + .45vw,1.75rem)}
.lesson h1{font-size:1.9em;line-height:1.2;margin:.5em 0 .4em;outline:none;text-wrap:balance}
.lesson h2{font-size:1.25em;margin:1.4em 0 .4em}
.lesson h3{font-size:1.05em;margin:1.6em 0 .5em}
.lesson .lead{font-size:1.1em}
.lesson .note{color:var(--soft);font-size:.82em}
.lesson .kind{color:var(--soft);margin:1.2em 0 0}
.lesson a{color:var(--accent)}
.lesson .top{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;font-size:.85rem}
.lesson .push{flex:1}
.lesson nav ol{display:flex;flex-wrap:wrap;gap:.25rem;list-style:none;margin:.75rem 0 0;padding:0;font-size:.9rem}
.lesson nav li{flex:1 0 auto}
.lesson nav a,.lesson nav .closed{display:block;padding:.35rem .5rem;border-bottom:4px solid var(--grid);text-align:center;text-decoration:none;color:var(--ink)}
.lesson nav .closed{color:var(--soft)}
.lesson nav [aria-current]{border-color:var(--accent);font-weight:700}
.lesson button,.lesson select,.lesson input[type=text]{font:inherit;color:inherit;background:var(--paper);border:2px solid var(--line);border-radius:.4em;padding:.35em .8em;min-height:2.75rem}
.lesson button{cursor:pointer;white-space:normal}
.lesson button.main{background:var(--accent);border-color:var(--accent);color:var(--paper);font-weight:700;font-size:1.1em;padding:.5em 1.4em}
.lesson .top button{min-height:2.2rem;padding:.2em .8em}
.lesson [aria-pressed=true]{background:var(--ink);color:var(--paper)}
.lesson :focus-visible:not(h1){outline:3px solid var(--accent);outline-offset:3px}
.lesson .step-buttons{display:flex;flex-wrap:wrap;gap:1rem;margin-top:1.2em}
.lesson .step-buttons .main{margin-left:auto}
.lesson .code{display:grid;gap:.35em;justify-items:start;margin-top:2em}
.lesson .code input{width:min(20em,100%)}
.lesson .fact{max-width:44em}
.lesson .source{display:block;margin-top:.15em}
.lesson.chooser{max-width:62em}
.lessons{list-style:none;padding:0;display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(19rem,100%),1fr))}
.lessons a{display:grid;gap:.3em;height:100%;padding:1em;border:2px solid var(--line);border-radius:.5em;text-decoration:none;color:var(--ink);align-content:start}
.lessons a:hover{border-color:var(--accent)}
.lessons strong{font-size:1.1em;color:var(--accent)}
.lesson .lesson-file{margin-top:2em}
.lesson .problems{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
.lesson .problems:not(:empty){border-left:4px solid var(--warn);padding-left:1em}
.bars{border:0;margin:0;padding:0;min-width:0}
.bars legend{padding:0}
.bars h1,.lesson h1.asked{font-size:1.5em;margin:.5em 0 .6em}
.bars>.note{margin:.6em 0 0}
.drag{display:grid;grid-template-columns:minmax(8em,1fr) 1.2fr 3.6em;gap:.1em 1em;align-items:center}
.drag label{line-height:1.25}
.lesson .figure{font-variant-numeric:tabular-nums}
.drag .figure{text-align:right;font-weight:700}
.drag input{appearance:none;width:100%;height:2.2em;margin:0;background:none;cursor:grab;touch-action:pan-y}
.drag input:active{cursor:grabbing}
.drag input::-webkit-slider-runnable-track{height:1.4em;border-radius:.15em;background:linear-gradient(var(--bar),var(--bar)) 0/var(--filled) 100% no-repeat var(--grid)}
.drag input::-moz-range-track{height:1.4em;border-radius:.15em;background:linear-gradient(var(--bar),var(--bar)) 0/var(--filled) 100% no-repeat var(--grid)}
.drag input::-webkit-slider-thumb{appearance:none;width:.9em;height:2em;margin-top:-.3em;border-radius:.25em;background:var(--ink);border:3px solid var(--paper);box-shadow:none}
.drag input::-moz-range-thumb{width:.7em;height:1.8em;border-radius:.25em;background:var(--ink);border:3px solid var(--paper)}
.lesson .ends{margin:.4em 0}
.lesson .growing{margin:.3em 0;display:flex;flex-wrap:wrap;align-items:center;gap:.5em}
.lesson progress{accent-color:var(--accent);width:min(16em,100%);height:1em}
.row{display:grid;grid-template-columns:minmax(8em,1fr) 1.2fr minmax(8em,.8fr);gap:.1em 1em;align-items:center;margin:.3em 0}
.row .name .note,.drag label .note{display:block;line-height:1.2;font-size:.75em}
.row .name{line-height:1.25}
.waterfall .note{white-space:nowrap;display:block;line-height:1.1}
.row .bar{display:block;overflow:visible;width:100%;height:1.45em}
.yours{white-space:nowrap;border-left:3px dashed var(--ink);padding-left:.35em}
.row .yours{display:block;width:max-content}
.score{display:flex;flex-wrap:wrap;gap:0 1.5em;align-items:baseline}
.score p{margin:0}
.score .points strong{font-size:2.6em;line-height:1}
.score details{font-size:.82em}
.score details[open]{flex-basis:100%}
.findings ul{list-style:none;padding:0;margin:0}
.findings li{margin:.7em 0;padding-left:2.2em;position:relative;max-width:46em}
.findings .verdict{position:absolute;left:0;width:1.5em;height:1.5em;line-height:1.5;text-align:center;border-radius:50%;background:var(--council);color:var(--strong);font-weight:700}
.findings .fails .verdict{background:var(--warn)}
.findings .open .verdict{background:var(--soft)}
.findings .claim{font-weight:600}
.findings .note{display:block}
.lesson .interval{white-space:nowrap}
.lesson td .interval{display:block;color:var(--soft);font-size:.85em}
.row .interval{font-size:.85em}
.lesson .scroll{overflow-x:auto}
.lesson table{border-collapse:collapse;font-size:.82em}
.lesson th,.lesson td{padding:.35em .7em;text-align:left;border-bottom:1px solid var(--grid);vertical-align:top;font-variant-numeric:tabular-nums}
.lesson thead th{border-bottom:2px solid var(--line)}
.lesson tbody th{font-weight:400;min-width:9em}
.waterfall{margin:1em 0}
.waterfall .end{font-weight:700}
.lesson .discuss{font-size:1.2em;padding-left:1.3em}
.lesson .discuss li{margin:.7em 0}
.lesson .try{display:inline-block;padding:.5em 1em;border:2px solid var(--accent);border-radius:.4em}
.lesson .teacher{margin-top:1.5em;border:2px solid var(--line);border-radius:.5em;padding:.6em 1em}
.lesson summary{cursor:pointer;min-height:1.8em}
.sheets{display:none}
@media (max-width:40rem){
.drag{grid-template-columns:1fr 4em;margin:.7em 0}
.drag input{grid-column:1/-1;grid-row:2}
.row{grid-template-columns:1fr;margin:.8em 0}
.lesson nav ol{font-size:.7rem}
.lesson nav ol{gap:.1rem}
.lesson nav a,.lesson nav .closed{padding:.35rem .1rem}
.lesson nav li{flex:1 1 auto}

.row .yours{display:inline-block}
}
@media (prefers-reduced-motion:no-preference){.drag input::-webkit-slider-thumb{transition:transform .1s}.drag input:active::-webkit-slider-thumb{transform:scale(1.1)}}
@media screen{
[data-projector]{${lightTokens};--paper:#fff;--panel:#fff;--ink:#000;--soft:#333;--line:#000;--grid:#ddd;--accent:#00498f;color-scheme:light}
[data-projector] .lesson{max-width:40em;font-size:clamp(1.25rem,.8rem + 1.4vw,3rem);line-height:1.35}
[data-projector] .lesson .note:not(.keep),[data-projector] .lesson td .interval{display:none}
[data-projector] .lesson .findings .note,[data-projector] .lesson #code-help{display:block;font-size:.75em}
[data-projector] .lesson nav ol,[data-projector] .lesson .top{font-size:.6em}
[data-projector] .lesson .top button{font-size:inherit;min-height:0}
[data-projector] .lesson .score details{display:none}
[data-projector] .lesson h1.asked,[data-projector] .bars h1{font-size:1.25em;margin:.4em 0}
[data-projector] .lesson .growing,[data-projector] .lesson .anchor{font-size:.7em}
[data-projector] .drag input{height:1.75em}
[data-projector] .drag input::-webkit-slider-thumb{height:1.65em;margin-top:-.12em}
[data-projector] .lesson .fact{font-size:.86em;max-width:none}
[data-projector] .row{margin:.15em 0}
}
@media print{
body:has(.sheets)>:not(#view),#view:has(.sheets)>.lesson{display:none}
.sheets{display:block;font:10.5pt/1.38 system-ui,sans-serif;color:#000}
.sheet{break-after:page}
.sheet:last-child{break-after:auto}
.sheet h1{font-size:20pt;line-height:1.15;margin:0 0 4pt}
.sheet h2{font-size:12pt;margin:9pt 0 2pt}
.sheet p{margin:3pt 0}
.sheet .big{font-size:13pt;font-weight:600}
.sheet .ask{font-weight:600}
.sheet .kind{color:#333}
.sheet .small{font-size:8pt}
.sheet .fold{border-bottom:1px dashed #000;text-align:center;font-size:8pt;color:#333;margin:14pt 0 8pt}
.sheet ul,.sheet ol{margin:2pt 0;padding-left:15pt}
.sheet li{margin:1.5pt 0}
.sheet .write{border-bottom:1px solid #666;height:18pt}
.sheet .blank{width:100%;border-collapse:collapse}
.sheet .blank th{width:26%;text-align:left;font-weight:400;padding:4pt 0}
.sheet .blank .line span:last-child{float:right}
.sheet .blank .line{border-bottom:1px solid #000;font-size:8pt;color:#333}
.sheet .blank .box{width:42pt;height:20pt;border:1px solid #000;text-align:right;padding-right:4pt}
@page{size:A4;margin:14mm}
}
`
