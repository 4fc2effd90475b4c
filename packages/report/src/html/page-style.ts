/** The style of the page: calm, aligned, two themes, paper. */
export const PAGE_STYLE = `
:root{color-scheme:light;--ink:#1f2328;--muted:#5b6470;--back:#fff;--soft:#f6f7f8;--line:#e0e3e7;--accent:#c2410c;--warn:#fdf3e7}
:root[data-theme=dark]{color-scheme:dark;--ink:#e6e8eb;--muted:#a3abb6;--back:#15181d;--soft:#1c2026;--line:#30363e;--accent:#ff9d66;--warn:#2c231a}
@media(prefers-color-scheme:dark){:root:not([data-theme]){color-scheme:dark;--ink:#e6e8eb;--muted:#a3abb6;--back:#15181d;--soft:#1c2026;--line:#30363e;--accent:#ff9d66;--warn:#2c231a}:root:not([data-theme]) .drawn-before svg{filter:invert(.92) hue-rotate(180deg)}}
:root[data-theme=dark] .drawn-before svg{filter:invert(.92) hue-rotate(180deg)}
*{box-sizing:border-box}
html{background:var(--back)}
body{margin:0 auto;max-width:980px;padding:28px 20px 60px;font:15px/1.55 system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;color:var(--ink);background:var(--back);overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 4px}
h2{font-size:1.2rem;margin:44px 0 10px;padding-bottom:4px;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:0 0 2px}
p{margin:6px 0}
a{color:inherit}
#theme{flex:none}
header{display:flex;gap:16px;justify-content:space-between;align-items:start}
.sub,figcaption,caption{color:var(--muted);font-size:.86rem}
caption{text-align:left;padding:4px 8px}
.banner{border-left:3px solid var(--accent);background:var(--warn);padding:8px 14px;margin:16px 0}
.facts{display:flex;flex-wrap:wrap;gap:10px 36px;margin:20px 0}
.facts dt{color:var(--muted);font-size:.82rem}
.facts dd{margin:0;font-size:1.2rem;font-variant-numeric:tabular-nums}
.facts small{display:block;color:var(--muted);font-size:.8rem}
figure{margin:30px 0;padding:0}
.finding{margin:2px 0 8px}
.frame{overflow-x:auto;overflow-y:hidden}
.canvas svg{display:block}
.drawn-before svg{width:100%;height:auto}
.canvas text{user-select:none}
figcaption{margin-top:4px}
details{margin:6px 0}
summary{cursor:pointer;color:var(--muted);font-size:.86rem}
.scroll{overflow:auto;max-height:420px;border:1px solid var(--line);border-radius:4px;margin:6px 0}
.tall{max-height:560px}
figure,.runs{content-visibility:auto;contain-intrinsic-size:auto 560px}
table{border-collapse:collapse;width:100%;font-size:.84rem;font-variant-numeric:tabular-nums}
th,td{padding:4px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;max-width:340px}
th,td{overflow-wrap:break-word}
.facts-table td{min-width:72px}
.facts-table .scroll{max-height:none}
.runs td,.runs th{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.common{font-size:0}
.runs tbody th{max-width:min(340px,50vw)}
thead th{position:sticky;top:0;background:var(--back);z-index:1;font-weight:600}
tbody th{font-weight:400}
.n{text-align:right}
tr.chosen>*{background:var(--soft)}
button,input,select{font:inherit;font-size:.86rem;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:3px 10px}
button{cursor:pointer}
th button{all:unset;cursor:pointer}
tbody th button{color:var(--accent)}
:focus-visible,th button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.tools{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center;margin:8px 0}
.tools[hidden]{display:none}
.tools label{display:flex;gap:6px;align-items:center;color:var(--muted);font-size:.86rem}
.tools input[type=search]{min-width:min(340px,70vw)}
.tools output{color:var(--muted);font-size:.86rem}
.problem{color:var(--accent)}
code,pre{font:.82rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace}
pre{background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:10px 12px;overflow-x:auto;white-space:pre-wrap}
.error{color:var(--accent);font-weight:600}
.warning{font-weight:600}
bdi{unicode-bidi:isolate}
@media(max-width:600px){body{padding:16px 12px 40px}h2{margin-top:32px}.facts{gap:10px 24px}.facts dd{font-size:1.05rem}}
@page wide{size:landscape}
@media print{figure,.runs{content-visibility:visible}body{max-width:none;padding:0;font-size:10.5pt}#theme,.tools,details{display:none}.scroll{max-height:none;overflow:visible;border:0}.canvas,.canvas>div:first-child{width:auto!important;height:auto!important}.canvas svg{position:static!important;width:100%!important;height:auto!important}.runs td,.runs th,.runs tbody th{white-space:normal;overflow-wrap:anywhere;max-width:none;padding:2px 3px;font-size:6pt}.runs tbody .n{white-space:nowrap;overflow-wrap:normal}.runs{break-before:page;page:wide}figure,tr{break-inside:avoid}h2,h3{break-after:avoid}thead th{position:static}}
`;
