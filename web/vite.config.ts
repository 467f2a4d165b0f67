// One file, with nothing to fetch: script and style stand in the page, and a policy lets that one script run and no other.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const policy = (script: string) =>
  [
    "default-src 'none'",
    `script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** The licence texts of everything that ends up in the page. */
function notices(): string {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, { dev?: boolean }> };
  const folders = Object.entries(lock.packages).filter(([path, entry]) => path && !entry.dev).map(([path]) => path);
  return folders
    .map((folder) => {
      const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
      const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : "see its package";
      return `${folder.replace("node_modules/", "")}\n\n${text}`;
    })
    .join("\n\n----\n\n");
}

function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle(_options, bundle) {
      let script = "";
      let style = "";
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type === "chunk") script += part.code;
        else if (name.endsWith(".css")) style += String(part.source);
        else continue;
        delete bundle[name];
      }
      // Neither may end the element that it stands in.
      script = script.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--").trim();
      const page = bundle["index.html"];
      if (!page || page.type !== "asset") throw new Error("there is no page");
      let html = String(page.source);
      html = html.replace(/\s*<script type="module"[^>]*><\/script>/, "").replace(/\s*<link rel="stylesheet"[^>]*>/, "");
      const before = `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy(script)}">`;
      html = html.replace('<meta charset="utf-8">', () => before);
      html = html.replace("</head>", () => `<style>${style}</style>\n</head>`);
      html = html.replace("</body>", () => `<script>${script}</script>\n</body>`);
      page.source = html;
      this.emitFile({ type: "asset", fileName: "licences.txt", source: `${notices()}\n` });
    },
  };
}

export default defineConfig({
  base: "./",
  build: {
    target: "es2022",
    // Browsers of 2024 and later know light-dark().
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 1 << 20,
    // Names of its own stay its own, in a page that loads it as a plain script.
    rollupOptions: { output: { format: "iife" } },
  },
  plugins: [oneFile()],
});
