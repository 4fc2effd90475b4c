import { THEMES, type Theme } from "../theme.ts";
import { find } from "./page.ts";

/** The theme of the page, by its button or by the system's wish; on paper it is the light one. */
export interface ThemeSwitch {
  readonly current: () => Theme;
}

/** Sets up the button; `onChange` when the theme has become another one. */
export function themeSwitch(onChange: () => void): ThemeSwitch {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const toggle = find("#theme");
  let isPrinting = false;
  const name = (): "light" | "dark" => {
    if (isPrinting) return "light";
    const chosen = root.dataset["theme"];
    return chosen === "dark" || chosen === "light" ? chosen : system.matches ? "dark" : "light";
  };
  const show = (): void => {
    toggle.textContent = name() === "dark" ? "Light" : "Dark";
    toggle.setAttribute("aria-label", `Switch to the ${name() === "dark" ? "light" : "dark"} theme`);
    onChange();
  };
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    root.dataset["theme"] = name() === "dark" ? "light" : "dark";
    show();
  });
  system.addEventListener("change", show);
  let before: string | undefined;
  addEventListener("beforeprint", () => {
    before = root.dataset["theme"];
    isPrinting = true;
    root.dataset["theme"] = "light";
    show();
  });
  addEventListener("afterprint", () => {
    isPrinting = false;
    if (before === undefined) delete root.dataset["theme"];
    else root.dataset["theme"] = before;
    show();
  });
  toggle.textContent = name() === "dark" ? "Light" : "Dark";
  toggle.setAttribute("aria-label", `Switch to the ${name() === "dark" ? "light" : "dark"} theme`);
  return { current: () => THEMES[name()] };
}
