import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { readTheme, THEME_COOKIE } from "@/components/shell/theme";
import "./globals.css";

/** Geist's own superscripts are too small to be told apart in 10⁹/L, so they are taken from the same font, larger. */
const Superscripts = localFont({
  src: "../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2",
  variable: "--font-superscripts",
  weight: "100 900",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    { prop: "unicode-range", value: "U+00B2-00B3, U+00B9, U+2070-207B" },
    { prop: "size-adjust", value: "130%" },
  ],
});

export const metadata: Metadata = {
  title: { default: "Doseline", template: "%s · Doseline" },
  description: "Preclinical study tracker: toxicity grades, dose decisions and dose timelines.",
  icons: { icon: "/icon.svg" },
  manifest: "/manifest.webmanifest",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

const RootLayout = async ({ children }: { readonly children: ReactNode }) => {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable} ${Superscripts.variable}`}
      {...(theme === "system" ? {} : { "data-theme": theme })}
    >
      <body>{children}</body>
    </html>
  );
};

export default RootLayout;
