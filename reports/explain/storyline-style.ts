import { style } from '../style.ts'

/** The style of the storyline page: that of the report, and stories side by side. */
export const storylineStyle = `${style}
.stories{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:1.2rem 1.6rem;margin-top:1rem}
.stories h3{margin-top:.4rem}
.stories p{font-size:.92rem}
svg.story{display:block;width:100%;height:auto;overflow:visible}
.single{max-width:38rem}
.told{max-width:46rem;list-style:none;padding:0;margin:.6rem 0;font-size:.88rem;line-height:1.4}
.told li{margin:.3rem 0}
.told b{font-weight:600;color:var(--soft);font-variant-numeric:tabular-nums}
.told li.back{border-left:.2rem solid var(--line);padding-left:.6rem;color:var(--soft);margin:.5rem 0 .8rem}
@media print{.stories{grid-template-columns:1fr 1fr 1fr}.told,.stories p{font-size:8.5pt}}
`
