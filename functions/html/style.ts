import { createHash } from 'node:crypto';

/**
 * The one style sheet: a phone of 390 px first, then wide screens, then A4. Fonts are those of the reader's
 * system. All colours of text have a contrast of 4.5 or more to what is behind them.
 */
const sheet = `
:root{--ink:#1d1d1b;--soft:#595752;--line:#d9d5cd;--pale:#f6f4ef;--red:#a3231a;--blue:#0b4f8a}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;color:var(--ink);background:#fff;font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
a{color:var(--blue);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
.skip{position:absolute;left:-99em;background:#fff;padding:.5rem 1rem}
.skip:focus{left:0;top:0;z-index:1}
.wide{max-width:70rem;margin:0 auto;padding:0 1rem}
header.site{border-top:5px solid var(--red);border-bottom:1px solid var(--line)}
header.site .wide{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.5rem;padding-top:.75rem;padding-bottom:.75rem}
.name{font-weight:700;font-size:1.125rem;color:var(--ink);text-decoration:none;margin-right:auto}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
nav a{display:inline-block;padding:.25rem 0}
nav [aria-current]{color:var(--ink);font-weight:700;text-decoration:none;border-bottom:3px solid var(--red)}
.trail.wide{font-size:.875rem;padding-top:.75rem}
main.wide{padding-top:1rem;padding-bottom:3rem}
h1{font-size:1.625rem;line-height:1.3;margin:.5rem 0}
h2{font-size:1.25rem;line-height:1.35;margin:2.25rem 0 .75rem}
h3{font-size:1.0625rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0;max-width:44em}
.lead{font-size:1.0625rem}
.soft,caption,dd small{color:var(--soft)}
small{font-size:.875rem}
dl.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0}
dl.figures div{background:var(--pale);border-top:3px solid var(--red);padding:.75rem}
dt{font-size:.9375rem}
dd{margin:0}
dd.value{font-size:1.625rem;font-weight:700;line-height:1.3;font-variant-numeric:tabular-nums}
dd.value small{font-weight:400}
dd.about,.hint{font-size:.875rem;color:var(--soft)}
dl.facts{display:grid;grid-template-columns:minmax(6em,auto) 1fr;margin:1rem 0;border-top:1px solid var(--line)}
dl.facts dt,dl.facts dd{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
dl.facts dt{color:var(--soft)}
.scroll{overflow-x:auto;margin:.75rem 0 1.25rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;font-size:.875rem;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line);overflow-wrap:break-word}
:is(td,th):last-child{padding-right:0}
th{font-weight:600}
tbody th{font-weight:400;min-width:6.5em}
thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}
.n{text-align:right;white-space:nowrap}
tfoot th,tfoot td{border-top:2px solid var(--ink);font-weight:700}
tr.voided>*{text-decoration:line-through}
tr.sum>*{font-weight:700}
.paper{max-width:52rem}
.paper p{text-indent:2em;overflow-wrap:anywhere}
.paper .soft p,.paper .note p{text-indent:0}
.paper table{font-size:.875rem}
.paper th,.paper td{border:1px solid var(--line);padding:.3rem .4rem}
td.bar{width:25%;min-width:6rem;padding-top:.8rem}
svg{display:block;max-width:100%;height:auto}
td.bar svg{width:100%;height:.85rem}
.chart{max-width:44rem;margin:1rem 0}
.chart text{font-size:10px;fill:var(--ink)}
.b{fill:var(--red)}
.axis{stroke:#8a867d}
.calendar td,.calendar th{padding-right:0;text-align:center}
.calendar th:first-child{text-align:left;padding-right:.5rem}
.calendar .on{color:var(--red);background:#f6e4e1}
td .screen{white-space:nowrap}
form.box{max-width:40rem}
label,legend{display:block;font-weight:600;margin-top:1rem}
input[type=text],input[type=month],textarea,select{font:inherit;width:100%;padding:.5rem;border:1px solid #77736a;border-radius:2px;background:#fff;color:var(--ink)}
textarea{min-height:8rem}
fieldset{border:1px solid var(--line);margin:1rem 0;padding:.25rem 1rem 1rem}
.choices{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.choices label{font-weight:400;margin:0}
.check{display:flex;gap:.5rem;align-items:baseline;font-weight:400}
.hint,.fault{margin:.15rem 0}
.fault{color:var(--red);font-weight:600}
[aria-invalid=true]{border:2px solid var(--red)!important}
button,.button{display:inline-block;font:inherit;font-weight:600;color:#fff;background:var(--blue);border:2px solid var(--blue);border-radius:2px;padding:.5rem 1.25rem;margin:1rem .75rem 0 0;text-decoration:none;cursor:pointer}
button.plain{background:#fff;color:var(--blue)}
nav button.plain,td button{margin:0;padding:.1rem .5rem;border-width:1px;font-weight:400}
.note{border-left:4px solid var(--line);background:var(--pale);padding:.5rem 1rem;margin:1rem 0}
.note.bad{border-color:var(--red)}
.note.good{border-color:#2d6a3e}
pre.text{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;background:var(--pale);padding:1rem;margin:0}
mark{background:#fbe7a1;color:var(--ink)}
ul.links{padding-left:1.25rem}
ul.links li{margin:.35rem 0}
footer.site{border-top:1px solid var(--line);color:var(--soft);font-size:.875rem}
footer.site .wide{padding-top:1rem;padding-bottom:2rem}
@media screen{
td{min-width:5.5em}
td.n,td.bar,.calendar td{min-width:0}
.calendar td,.calendar th{min-width:1.9em}
.calendar th:first-child{min-width:7em}
}
@media(min-width:60rem){
.beside{display:grid;grid-template-columns:1fr 1fr;gap:2rem;align-items:start}
.beside pre.text{position:sticky;top:1rem;max-height:90vh;overflow:auto}
h1{font-size:2rem}
}
@page{size:A4;margin:15mm}
@media print{
body{font-size:10.5pt}
nav,.skip,.screen,button{display:none}
.wide{max-width:none;padding:0}
header.site{border-top:0}
a{color:inherit;text-decoration:none}
.scroll{overflow:visible}
h2,h3,caption{break-after:avoid}
tr,dl.figures div,svg,fieldset{break-inside:avoid}
thead{display:table-header-group}
th,td{padding:1mm 2mm 1mm 0}
td small{overflow-wrap:anywhere}
.paper{max-width:none;font-family:FangSong,"Songti SC",SimSun,serif}
.paper table{font-size:8.5pt}
.paper th,.paper td{border-color:#000;padding:.8mm 1mm;min-width:0;overflow-wrap:anywhere}
.paper th{white-space:normal}
.calendar .on{background:none;color:var(--ink)}
}
`;

/** The sheet as it is sent: without what only people who read the code need. */
export const style = sheet.replaceAll('\n', '');

const hash = createHash('sha256').update(style).digest('base64');

/**
 * Nothing is loaded or run: no script, image, frame or request, and no style but the sheet. Forms go to this
 * address only.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
