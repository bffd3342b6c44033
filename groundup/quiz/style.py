"""How a question looks: one style sheet for notebooks and pages, light, dark and on paper.

The feedback of an option stands behind its radio button and is shown while that is checked: plain CSS 2 and 3, no
script. Every color is set here, paper included, so that no theme around it takes the contrast away.
"""

from __future__ import annotations

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1f2328",
    "line": "#767b82",
    "code": "#eef0f3",
    "accent": "#0b57a4",
    "right": "#0a6b2d",
    "wrong": "#a3140f",
}
DARK = {
    "paper": "#16191d",
    "ink": "#e6e9ed",
    "line": "#8b949e",
    "code": "#2a2f36",
    "accent": "#7cb7ff",
    "right": "#7ddc9c",
    "wrong": "#ff9d96",
}
DARK_THEMES = (
    "html[data-theme=dark]",  # the course's pages
    "body[data-jp-theme-light=false]",  # JupyterLab
    "body.vscode-dark",
    "html[theme=dark]",  # Colab
)


def _variables(colors: dict[str, str]) -> str:
    return ";".join(f"--gu-{name}:{color}" for name, color in colors.items())


CSS = f"""<style>
.gu-quiz{{{_variables(LIGHT)};color-scheme:light}}
{",".join(f"{theme} .gu-quiz" for theme in DARK_THEMES)}{{{_variables(DARK)};color-scheme:dark}}
.gu-quiz{{color:var(--gu-ink);background:var(--gu-paper);border:1px solid var(--gu-line);border-radius:.5rem;\
padding:.8rem 1.1rem;margin:0 0 1rem;max-width:46rem;font-size:1rem;line-height:1.5}}
.gu-quiz fieldset{{border:0;margin:0;padding:0;min-width:0}}
.gu-quiz legend{{float:left;width:100%;margin:0 0 .6rem;padding:0;font-size:1rem;line-height:1.5;color:inherit}}
.gu-quiz legend + *{{clear:both}}
.gu-quiz .gu-number{{display:block;font-weight:700}}
.gu-quiz .gu-picture{{margin:0 0 .6rem;padding:.4rem;background:#fff;border-radius:.3rem;width:fit-content}}
.gu-quiz pre.gu-block{{margin:0 0 .6rem;padding:.5rem .7rem;border-radius:.3rem;overflow-x:auto;\
color:inherit;background:var(--gu-code);font-size:.9rem;line-height:1.45}}
.gu-quiz pre.gu-block code,.gu-quiz code.gu-code.gu-code{{color:inherit;background:var(--gu-code);border:0;\
font-size:.92em}}
.gu-quiz code.gu-code.gu-code{{padding:.05em .3em;border-radius:.2rem}}
.gu-quiz .gu-option{{display:grid;grid-template-columns:auto 1fr;column-gap:.6rem;align-items:start}}
.gu-quiz .gu-option input{{width:1.2rem;height:1.2rem;margin:.45rem 0 0;accent-color:var(--gu-accent)}}
.gu-quiz .gu-option input:focus-visible{{outline:3px solid var(--gu-accent);outline-offset:2px}}
.gu-quiz .gu-option label{{display:flex;margin:0;padding:.25rem 0;cursor:pointer;color:inherit}}
.gu-quiz .gu-letter{{flex:none;width:1.4rem;font-weight:700}}
.gu-quiz .gu-option .gu-said{{grid-column:2}}
.gu-quiz .gu-because{{display:none;margin:0 0 .4rem;padding:.1rem 0 .1rem .7rem;\
border-left:3px solid}}
.gu-quiz input:checked ~ .gu-said .gu-because{{display:block}}
.gu-quiz .gu-because.gu-right{{border-color:var(--gu-right)}}.gu-quiz .gu-right strong{{color:var(--gu-right)}}
.gu-quiz .gu-because.gu-wrong{{border-color:var(--gu-wrong)}}.gu-quiz .gu-wrong strong{{color:var(--gu-wrong)}}
@media print{{.gu-quiz{{break-inside:avoid}}.gu-quiz .gu-said .gu-because{{display:none!important}}}}
</style>"""
