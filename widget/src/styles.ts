/** The dialog's look: a card on a desk, a sheet on a phone. Colours come from the page, then the merchant's settings, then ours. */
export const styles = `
:host>div{all:initial;display:contents;color-scheme:inherit;--ink:light-dark(#1a1d1a,#f1f3ef);--quiet:light-dark(#5b615a,#a9b0a6);--ground:light-dark(#fff,#191c1a);--soft:light-dark(#f5f4f0,#242825);--line:light-dark(#dcd9d0,#3d433e);--accent:var(--trailroom-accent,var(--look-accent,light-dark(#1d211c,#e9ece6)));--on:var(--trailroom-on-accent,var(--look-on,light-dark(#fff,#1b1e1b)));--warn:light-dark(#8f2a15,#ffb9a8);--wash:light-dark(#fdf0ec,#3a221c);--radius:var(--trailroom-radius,var(--look-radius,12px))}
dialog{
box-sizing:border-box;width:min(27rem,100vw);max-width:none;max-height:min(54rem,96dvh);margin:auto;padding:0;border:0;border-radius:22px;background:var(--ground);color:var(--ink);font:400 16px/1.5 var(--trailroom-font,var(--look-font,system-ui,"Segoe UI",sans-serif));overflow:auto;overscroll-behavior:contain;box-shadow:0 0 0 1px #8882,0 30px 90px -20px #000a;transition:opacity .3s,translate .3s;
&::backdrop{background:#121412a6}
*{box-sizing:border-box}
header{position:sticky;top:0;z-index:1;display:flex;align-items:center;justify-content:space-between;gap:12px;padding:18px 24px 10px;background:var(--ground)}
h2{margin:0;font-size:21px;line-height:1.25;outline:0}
main{display:grid;gap:20px 28px;padding:6px 24px 24px;animation:in .3s}
main>div:not(.photo){display:grid;gap:14px;align-content:start}
p,ul{margin:0;padding:0}
p:empty{margin-bottom:-14px}
.quiet,small{color:var(--quiet);font-size:14px}
svg{flex:none;width:22px;height:22px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
button,.main{display:flex;align-items:center;justify-content:center;gap:9px;min-height:50px;padding:8px 16px;border:1px solid var(--line);border-radius:var(--radius);background:none;color:inherit;font:inherit;font-weight:600;line-height:1.2;text-align:center;cursor:pointer;transition:.15s}
button:hover{background:var(--soft)}
.main{border-color:#0000;background:var(--accent)!important;color:var(--on)}
.main:hover{opacity:.88}
:disabled{opacity:.45;cursor:default}
.bare{min-height:36px;border-color:#0000;color:var(--quiet);font-size:14px;font-weight:500;text-decoration:underline}
.icon{width:44px;min-height:44px;margin-inline-end:-10px;padding:0;border:0;border-radius:50%}
:is(button,input,.handle):focus-visible,.drop:focus-within{outline:3px solid var(--accent);outline-offset:2px}
li{display:flex;gap:14px;margin-bottom:16px;svg{color:var(--quiet)}}
.drop{display:grid;justify-items:center;gap:12px;padding:26px 20px 20px;border:1.5px dashed var(--line);border-radius:16px;background:var(--soft);text-align:center;cursor:pointer;input{position:absolute;width:1px;height:1px;opacity:0}}
.row{display:flex;flex-wrap:wrap;gap:10px;button{flex:auto}}
.check{display:flex;gap:10px;align-items:center;min-height:28px;font-size:14px;cursor:pointer;input{flex:none;width:20px;height:20px;margin:0;accent-color:var(--accent)}}
.rule{padding-top:14px;border-top:1px solid var(--line)}
.people{display:grid;grid-template-columns:repeat(6,1fr);gap:8px;button{min-height:0;padding:0;overflow:hidden;aspect-ratio:3/5;border:0;border-radius:12px}img{width:100%;height:100%;object-fit:cover}}
.warn{display:grid;grid-template-columns:auto 1fr;gap:4px 12px;align-items:center;padding:14px 16px;border-radius:12px;background:var(--wash);color:var(--warn);font-weight:550;.bare{grid-column:2;justify-self:start;padding:0}}
.photo{position:relative;justify-self:center;display:grid;place-items:center;min-width:min(100%,200px);min-height:200px;border-radius:16px;background:var(--soft);overflow:hidden;>*{grid-area:1/1}b{position:relative;place-self:end start;margin:12px;padding:3px 11px;border-radius:99px;background:#000b;color:#fff;font-size:13px;font-weight:550}b+b{justify-self:end}}
.photo img,video{display:block;max-width:100%;max-height:min(30rem,48dvh)}
.busy::after{content:"";position:absolute;inset:0;background:linear-gradient(100deg,#fff0 35%,#fff6,#fff0 65%) 0/300%;animation:sheen 2.2s linear infinite}
.bar{height:6px;border-radius:6px;background:var(--line);overflow:hidden}
i{display:block;height:100%;border-radius:6px;background:var(--accent);transform-origin:left;transition:transform .5s}
&[dir=rtl] i{transform-origin:right}
.compare{direction:ltr;touch-action:pan-y;cursor:ew-resize;user-select:none;img{pointer-events:none}img+img{clip-path:inset(0 calc(100% - var(--at)) 0 0)}}
.handle{position:absolute;inset:0 auto 0 var(--at);width:44px;margin-left:-22px;display:grid;place-items:center;border-radius:22px;background:linear-gradient(#fff,#fff) 50%/2px no-repeat;&::before{content:"↔";width:40px;border-radius:50%;background:#fff;color:#1a1d1a;font-weight:700;line-height:40px;text-align:center;box-shadow:0 2px 10px #0006}}
.notice{justify-items:center;padding-top:18px;text-align:center;svg{width:52px;height:52px;padding:13px;border-radius:50%;background:var(--soft)}button{width:100%}}
@media(min-width:52em){&:has(.photo+div){width:50rem}main:has(.photo+div){grid-template-columns:1.2fr 1fr}.photo+div{align-content:center!important}.photo img{max-height:min(40rem,76dvh)}}
@media(max-width:32em){width:100vw;max-height:94dvh;margin-bottom:0;border-radius:22px 22px 0 0;main{padding:6px 18px 22px}header{padding:18px 18px 10px}}
}
@starting-style{dialog[open]{opacity:0;translate:0 28px}}
@keyframes in{from{opacity:0;translate:0 8px}}
@keyframes sheen{from{background-position:110% 0}to{background-position:-10% 0}}
@media(prefers-reduced-motion:reduce){dialog,dialog *,dialog ::after{animation:none!important;transition:none!important}}
`;
