// Who may import whom (docs/architecture.md). Every rule says why, and is proved on a planted violation in
// scripts/layers/layer-rules.test.ts.

const TEST = "(\\.test\\.tsx?|\\.property\\.ts|/testing/|^test/|^e2e/|^bench/)";
const ROOT_SETTINGS = "^[^/]+\\.(ts|js|mjs|cjs)$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "domain-is-pure",
      comment:
        "The domain decides; it imports itself, decimal.js, and temporal-polyfill for the calendar. Anything that reads, writes, renders or waits is handed its answers from outside.",
      severity: "error",
      from: { path: "^lib/domain/", pathNot: TEST },
      to: { pathNot: ["^lib/domain/", "node_modules/(decimal\\.js|temporal-polyfill)/"] },
    },
    {
      name: "contracts-carry-no-server",
      comment:
        "Contracts are read by form, API and import alike, so they know only the domain and zod. What a server or a screen adds is added there.",
      severity: "error",
      from: { path: "^lib/contracts/", pathNot: TEST },
      to: { pathNot: ["^lib/(contracts|domain)/", "node_modules/(zod|zod-openapi)/", "^package\\.json$"] },
    },
    {
      name: "lib-knows-no-screens",
      comment:
        "Screens are built on lib, never the other way round: move what both need into lib/contracts or lib/domain.",
      severity: "error",
      from: { path: "^lib/", pathNot: TEST },
      to: { path: "^(app|components)/" },
    },
    {
      name: "browser-stays-out-of-the-server",
      comment: "lib/server runs where the database is. Code of the browser reaches it over the API only.",
      severity: "error",
      from: { path: "^(components|lib/client)/", pathNot: TEST },
      to: { path: "^(lib/server|app|prisma|generated)/" },
    },
    {
      name: "server-stays-out-of-the-browser",
      comment: "lib/client runs in a browser; on the server nothing of it means anything.",
      severity: "error",
      from: { path: "^lib/server/", pathNot: TEST },
      to: { path: "^lib/client/" },
    },
    {
      name: "features-do-not-import-features",
      comment:
        "A folder of components is one feature. What two features share has no domain word in it and belongs to components/ui or components/charts, or it has and belongs to lib.",
      severity: "error",
      from: { path: "^components/(?!ui/|charts/)([^/]+)/", pathNot: TEST },
      to: { path: "^components/", pathNot: "^components/(ui|charts|$1)/" },
    },
    {
      name: "ui-knows-no-domain",
      comment: "A button knows no animal: components/ui takes words and numbers, and is used by every feature.",
      severity: "error",
      from: { path: "^components/ui/", pathNot: TEST },
      to: { path: "^(lib|app|components/(?!ui/))" },
    },
    {
      name: "charts-know-no-domain",
      comment: "Charts take numbers and labels and draw them; what they mean is said by the feature that calls them.",
      severity: "error",
      from: { path: "^components/charts/", pathNot: TEST },
      to: { path: "^(lib|app|components/(?!(ui|charts)/))" },
    },
    {
      name: "only-db-knows-the-database",
      comment:
        "Prisma and node-postgres are known to lib/server/db alone (and to the scripts that run the server). Operations ask it, so that sessions, transactions and errors are handled in one place.",
      severity: "error",
      from: { pathNot: ["^lib/server/(db|store)/", "^(scripts|prisma|generated|bench)/", ROOT_SETTINGS, TEST] },
      to: { path: ["^generated/prisma/", "node_modules/(@prisma/|prisma/|pg/|pg-[a-z-]+/|@types/pg/)"] },
    },
    {
      name: "pages-reach-data-through-operations",
      comment:
        "A page or route parses, authorizes, calls one operation and renders; it never queries, judges, signs or verifies by itself.",
      severity: "error",
      from: { path: "^app/", pathNot: TEST },
      to: {
        path: "^(lib/server|prisma|scripts|generated)/",
        pathNot: "^lib/server/((operations|auth|http)/|command/actor\\.ts$|config/clock\\.ts$)",
      },
    },
    {
      name: "nothing-below-knows-operations",
      comment:
        "An operation is called by a page, a route, a job or a command. What the server's other parts need of one goes down to them: into judging, signing, verifying, exports or store.",
      severity: "error",
      from: { path: "^lib/server/(?!operations/|jobs/)", pathNot: TEST },
      to: { path: "^lib/server/(operations|jobs)/" },
    },
    {
      name: "db-knows-no-other-part",
      comment:
        "Connections, transactions and retries are the same whatever is stored: lib/server/db imports its settings, and nothing else of the server.",
      severity: "error",
      from: { path: "^lib/server/db/", pathNot: TEST },
      to: { path: "^lib/server/(?!db/|config/)" },
    },
    {
      name: "auth-knows-no-http",
      comment:
        "Who somebody is does not depend on how they asked: http asks auth, and auth never asks http. A route that signs somebody in stands in http.",
      severity: "error",
      from: { path: "^lib/server/auth/", pathNot: TEST },
      to: { path: "^lib/server/http/" },
    },
    {
      name: "only-http-and-auth-know-next",
      comment:
        "What the server does can be called by a command and a test as well, so it knows neither Next nor React: requests, cookies and redirects are read in http and auth.",
      severity: "error",
      from: { path: "^lib/(?!server/(http|auth)/)", pathNot: [TEST, "^lib/client/"] },
      to: { path: "node_modules/(next|next-auth|react|react-dom)/" },
    },
    {
      name: "commands-and-seed-draw-nothing",
      comment:
        "Scripts, the demonstration and the bench work where there is no browser: what they share with a screen is in lib/domain, lib/contracts or an operation.",
      severity: "error",
      from: { path: "^(scripts|prisma|bench)/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^(app|components|lib/client)/" },
    },
    {
      name: "seed-makes-documents",
      comment:
        "The demonstration is a document like any other, made by the domain alone; the operation that imports it writes it down.",
      severity: "error",
      from: { path: "^prisma/seed/", pathNot: TEST },
      to: { path: "^(lib/(?!domain/|contracts/)|scripts/|generated/)" },
    },
    {
      name: "product-stays-out-of-tests",
      comment: "What only tests need does not reach a running server.",
      severity: "error",
      from: { path: "^(app|components|lib|prisma|proxy|instrumentation)", pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: "product-uses-no-development-packages",
      comment: "A package that only builds or tests is not there in production: make it a dependency, or do without.",
      severity: "error",
      from: { path: "^(app|components|lib|prisma|proxy|instrumentation)", pathNot: TEST },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
    },
    {
      name: "start-needs-no-packages",
      comment:
        "npm start installs the packages itself: until then it runs on Node's own modules. Import a package with import() in a function that is called later.",
      severity: "error",
      from: { path: "^scripts/(start\\.mjs|setup/|start/(sequence|life|web-server)\\.mjs)", pathNot: TEST },
      to: {
        dynamic: false,
        dependencyTypes: ["npm", "npm-dev", "npm-peer", "npm-optional", "npm-no-pkg", "npm-unknown"],
      },
    },
    {
      name: "no-cycles",
      comment:
        "Two files that import each other are one file in two places, of types as well: find what both need and give it a name.",
      severity: "error",
      from: { pathNot: "^generated/" },
      to: { circular: true },
    },
    {
      name: "everything-is-found",
      comment: "An import that leads nowhere breaks at run time.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(\\./next-env|next-env)" },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^generated/"] },
    exclude: { path: ["^\\.next/", "^\\.data/", "^next-env"] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
    skipAnalysisNotInRules: true,
  },
};
