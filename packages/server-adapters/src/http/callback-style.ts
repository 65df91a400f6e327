/** The callback page's own style: it loads nothing. */
export const callbackStyle = `
:root{color-scheme:light dark;--surface:light-dark(#fff,oklch(20.5% .009 260));--text:light-dark(oklch(24% .015 260),oklch(94% .004 260));--muted:light-dark(oklch(50% .015 260),oklch(70% .012 260));--line:light-dark(oklch(91.5% .005 260),oklch(29% .012 260));--accent:light-dark(oklch(51% .17 262),oklch(70% .13 262));--ok:light-dark(oklch(48% .12 152),oklch(76% .14 152));--bad:light-dark(oklch(51% .19 25),oklch(73% .15 25))}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:light-dark(oklch(98.5% .002 260),oklch(17% .008 260));color:var(--text);font:14px/20px ui-sans-serif,system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:440px;width:100%;padding:20px;background:var(--surface);border:1px solid var(--line);border-radius:12px;display:grid;gap:12px;overflow-wrap:anywhere}
h1{margin:0;font-size:16px;line-height:24px;font-weight:600;display:flex;gap:8px;align-items:center}
p{margin:0}
svg{flex:none;width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.connected svg{color:var(--ok)}
.failed svg{color:var(--bad)}
code{color:var(--muted);font:12px/16px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
a{justify-self:start;color:var(--accent);padding:2px 0}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
`
