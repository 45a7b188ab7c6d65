/** The dialog's look: a card on a desk, a sheet on a phone. */
export const styles = `
:host{--ink:light-dark(#1d211c,#f0f2ee);--quiet:light-dark(#5a6057,#aab1a6);--ground:light-dark(#fff,#1b1e1b);--soft:light-dark(#f4f3ef,#262a26);--line:light-dark(#d9d6cd,#3d433c);--accent:var(--trailroom-accent,light-dark(#1d211c,#e9ece6));--on:var(--trailroom-on-accent,light-dark(#fff,#1b1e1b));--warn:light-dark(#9a2b14,#ffb4a2);color-scheme:light dark}
dialog{box-sizing:border-box;width:min(30rem,100vw);max-width:none;max-height:min(52rem,100dvh);margin:auto;padding:0;border:0;border-radius:20px;background:var(--ground);color:var(--ink);font:400 16px/1.5 system-ui,"Segoe UI",sans-serif;text-align:start;letter-spacing:normal;overflow:auto;overscroll-behavior:contain;box-shadow:0 24px 80px #0006}
dialog::backdrop{background:#1116;backdrop-filter:blur(3px)}
@media(max-width:32em){dialog{width:100vw;max-height:94dvh;margin:auto 0 0;border-radius:20px 20px 0 0}}
*{box-sizing:border-box}
header{display:flex;align-items:center;justify-content:space-between;gap:12px;padding:16px 20px 0}
h2{margin:0;font-size:19px;font-weight:650;letter-spacing:-.01em}
main{display:grid;gap:14px;padding:12px 20px 20px}
p{margin:0}
.quiet{color:var(--quiet);font-size:14.5px}
.warn{color:var(--warn);font-weight:550}
button,.file{display:flex;align-items:center;justify-content:center;min-height:48px;padding:0 18px;border:1px solid var(--line);border-radius:var(--trailroom-radius,12px);background:var(--ground);color:inherit;font:inherit;font-weight:600;line-height:1.2;text-align:center;cursor:pointer}
.main{border-color:transparent;background:var(--accent);color:var(--on)}
.bare{min-height:40px;padding:0 10px;border-color:transparent;background:none;text-decoration:underline;font-weight:500}
.icon{min-height:40px;width:40px;padding:0;border-color:transparent;border-radius:50%;background:var(--soft);font-size:20px}
:is(button,.file,input,[role=slider]):focus-visible,.file:focus-within{outline:3px solid var(--accent);outline-offset:2px}
.row{display:grid;grid-auto-flow:column;grid-auto-columns:1fr;gap:10px}
.file input{position:absolute;width:1px;height:1px;opacity:0}
label.check{display:flex;gap:10px;align-items:center;min-height:28px;font-size:14.5px}
input[type=checkbox]{width:20px;height:20px;accent-color:var(--accent)}
.people{display:grid;grid-template-columns:repeat(6,1fr);gap:8px}
@media(max-width:26em){.people{grid-template-columns:repeat(3,1fr)}}
.people button{min-height:0;padding:0;overflow:hidden;aspect-ratio:3/5;background:var(--soft)}
.people img{width:100%;height:100%;object-fit:cover;display:block}
.photo{position:relative;display:grid;place-items:center;border-radius:14px;overflow:hidden;background:var(--soft)}
.photo img,.photo video{display:block;max-width:100%;max-height:54dvh}
.bar{height:8px;border-radius:8px;background:var(--soft);overflow:hidden}
.bar i{display:block;height:100%;width:100%;border-radius:8px;background:var(--accent);transform-origin:left;transition:transform .5s}
[dir=rtl] .bar i{transform-origin:right}
.compare{direction:ltr;position:relative;display:grid;border-radius:14px;overflow:hidden;background:var(--soft);touch-action:pan-y;cursor:ew-resize;user-select:none}
.compare>*{grid-area:1/1}
.compare img{display:block;width:100%;max-height:58dvh;object-fit:contain;pointer-events:none}
.compare b{position:relative;place-self:end start;margin:10px;padding:2px 10px;border-radius:99px;background:#000a;color:#fff;font-size:13px;font-weight:550}
.compare b+b{place-self:end}
.handle{position:relative;justify-self:start;width:44px;margin-left:-22px;background:linear-gradient(#fff,#fff) center/2px 100% no-repeat;display:grid;place-items:center;direction:ltr}
.handle::before{content:"↔";display:grid;place-items:center;width:36px;height:36px;border-radius:50%;background:#fff;color:#1d211c;font-weight:700;box-shadow:0 2px 8px #0005}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
`;
