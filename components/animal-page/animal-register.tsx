import Link from "next/link";
import { Unit } from "@/components/ui/quantity";
import { StatusPill } from "@/components/ui/status-pill";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { Animal } from "@/lib/contracts/animals";
import type { Status } from "@/lib/domain/rules/history";
import { sexWord } from "@/lib/domain/language/animal-words";

type AnimalRegisterProps = {
  readonly animals: readonly Animal[];
  readonly statusOf: (tag: string) => Status;
  readonly addressOf: (tag: string) => string;
  readonly doseUnit: string;
};

const Blank = () => <span className="text-ink-faint">not given</span>;

const text = (value: string | null) => (value === null ? <Blank /> : value);

const ladderText = (levels: readonly number[] | null): string =>
  levels === null ? "the protocol's" : levels.join(", ");

/** Every animal as it was registered: who it is, where it lives, what it starts on. */
export const AnimalRegister = ({ animals, statusOf, addressOf, doseUnit }: AnimalRegisterProps) => (
  <Table caption="Registered animals" maxHeight="most">
    <thead>
      <tr>
        <HeadCell identity>Animal</HeadCell>
        <HeadCell>Status</HeadCell>
        <HeadCell>Sex</HeadCell>
        <HeadCell>Group</HeadCell>
        <HeadCell>Room</HeadCell>
        <HeadCell>Cage</HeadCell>
        <HeadCell>Strain and genotype</HeadCell>
        <HeadCell>Born</HeadCell>
        <HeadCell numeric>
          Starting dose <Unit>{doseUnit}</Unit>
        </HeadCell>
        <HeadCell>
          Ladder <Unit>{doseUnit}</Unit>
        </HeadCell>
      </tr>
    </thead>
    <tbody>
      {animals.map((animal) => (
        <tr key={animal.id}>
          <IdentityCell>
            <Link
              href={addressOf(animal.id)}
              prefetch={false}
              className="inline-flex min-h-6 items-center font-semibold underline-offset-4 hover:underline pointer-coarse:min-h-11"
            >
              {animal.id}
            </Link>
          </IdentityCell>
          <Cell>
            <StatusPill state={statusOf(animal.id)} />
          </Cell>
          <Cell>{text(sexWord(animal.sex))}</Cell>
          <Cell className="whitespace-nowrap">{text(animal.group)}</Cell>
          <Cell className="whitespace-nowrap">{text(animal.room)}</Cell>
          <Cell className="whitespace-nowrap">{text(animal.cage)}</Cell>
          <Cell className="whitespace-nowrap">
            {text([animal.strain, animal.genotype].filter((part) => part !== null).join(" ") || null)}
          </Cell>
          <Cell className="whitespace-nowrap">{text(animal.birthDate)}</Cell>
          <Cell numeric>{animal.control ? "vehicle" : animal.startingDose}</Cell>
          <Cell className="whitespace-nowrap">{animal.control ? "" : ladderText(animal.doseLevels)}</Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);
