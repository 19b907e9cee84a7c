import Link from "next/link";

const VERSION = /(protocol version )(\d+)/u;

type LinkedVersionProps = {
  readonly sentence: string;
  /** Where a version of the protocol can be read; undefined where nothing is to be opened. */
  readonly address: ((version: number) => string) | undefined;
};

/** The sentence of a decision, in which the version that made it can be opened. */
export const LinkedVersion = ({ sentence, address }: LinkedVersionProps) => {
  const [before = "", words, version, ...after] = sentence.split(VERSION);
  if (address === undefined || words === undefined || version === undefined) return sentence;
  return (
    <>
      {before}
      <Link href={address(Number(version))} prefetch={false} className="underline underline-offset-2">
        {words}
        {version}
      </Link>
      {after.join("")}
    </>
  );
};
