/** Day, night, or as the machine is set; remembered in this browser. */

export type Theme = "auto" | "day" | "night";

const remembered = "canhlu.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export const theme = (): Theme => {
  const known = localStorage.getItem(remembered);
  return known === "day" || known === "night" ? known : "auto";
};

function apply() {
  const night = theme() === "night" || (theme() === "auto" && dark.matches);
  document.documentElement.dataset["theme"] = night ? "night" : "day";
}

export function setTheme(next: Theme) {
  localStorage.setItem(remembered, next);
  apply();
}

dark.addEventListener("change", apply);
apply();
