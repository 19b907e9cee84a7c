import { GLYPH_PATHS, type GlyphName } from "./glyph";

/** The glyphs that a long table uses, drawn once; each place then only names its own. */
export const GlyphSprite = ({ names }: { readonly names: readonly GlyphName[] }) => (
  <svg aria-hidden="true" className="absolute size-0">
    {names.map((name) => (
      <symbol key={name} id={`glyph-${name}`} viewBox="0 0 16 16">
        <path d={GLYPH_PATHS[name]} fillRule="evenodd" />
      </symbol>
    ))}
  </svg>
);

/** A glyph of the sprite, sized by the text around it; decoration beside a word that says the same. */
export const SpriteGlyph = ({ name, className }: { readonly name: GlyphName; readonly className?: string }) => (
  <svg aria-hidden="true" className={className}>
    <use href={`#glyph-${name}`} />
  </svg>
);
