import { render } from "preact";
import "./style.css";
import { App } from "./app";
import { find } from "./data/place";
import { begin } from "./data/state";
import { en } from "./i18n/en";

const root = document.getElementById("app")!;

find().then(
  (place) => {
    begin(place);
    root.textContent = "";
    render(<App />, root);
  },
  (error: Error) => {
    root.textContent = `${en.failed}: ${error.message}`;
    root.setAttribute("role", "alert");
  },
);
