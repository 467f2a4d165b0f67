/** Light or dark: as the system has it, unless somebody says otherwise. */
import { computed, signal } from "@preact/signals";

const system = matchMedia("(prefers-color-scheme: dark)");
const systemIsDark = signal(system.matches);
const wanted = signal<"light" | "dark" | undefined>(undefined);
system.addEventListener("change", () => (systemIsDark.value = system.matches));

export const isDark = computed(() => (wanted.value ? wanted.value === "dark" : systemIsDark.value));

export function flipScheme(): void {
  wanted.value = isDark.value ? "light" : "dark";
  document.documentElement.dataset["scheme"] = wanted.value;
}
