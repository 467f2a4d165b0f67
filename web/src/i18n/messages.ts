import { en, type Messages } from "./en";
import { zh } from "./zh";

export const messages = (language: string): Messages => (language === "zh" ? zh : en);
