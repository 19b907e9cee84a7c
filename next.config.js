/** Sent with everything: no frame around our pages, no guessing of types, no address of ours to other sites. */
const SECURITY_HEADERS = [
  {
    key: "Content-Security-Policy",
    value: "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
  },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
];

/** @type {import("next").NextConfig} */
export default {
  // The self-contained server is for container images; "next start" does not go with it.
  ...(process.env.BUILD_STANDALONE === "1" ? { output: "standalone" } : {}),
  poweredByHeader: false,
  // The image optimiser decodes what others send; nothing here needs it.
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "@prisma/adapter-pg", "@node-rs/argon2"],
  // "npm test" checks the types, with stricter settings than a build would.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
};
