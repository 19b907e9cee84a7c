-- `recorded_at` is the database's clock, in the transaction's own time, or the millisecond after the animal's last where that
-- is later; only while a study is being made by an import may another instant be set. It rises with the run's number.
-- Each row by its keys: over the rows of a statement as a whole it was planned as a join with every run there is.
CREATE FUNCTION doseline_check_recorded_at() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.recorded_at NOT BETWEEN date_trunc('milliseconds', transaction_timestamp()) AND clock_timestamp()
     AND NOT EXISTS (SELECT FROM studies WHERE id = NEW.study_id AND imported AND created_in = this_transaction())
     AND NEW.recorded_at IS DISTINCT FROM (
       SELECT max(recorded_at) + interval '1 millisecond' FROM decision_runs
       WHERE study_id = NEW.study_id AND animal_id = NEW.animal_id AND recorded_at < NEW.recorded_at) THEN
    RAISE EXCEPTION 'recorded_at is set by the clock of the database, not by the writer' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.run_number > 1 AND NOT coalesce(
    (SELECT recorded_at FROM decision_runs WHERE study_id = NEW.study_id AND animal_id = NEW.animal_id AND run_number = NEW.run_number - 1) < NEW.recorded_at, false) THEN
    RAISE EXCEPTION 'the runs of an animal are numbered without gaps, in the order in which they were recorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER check_recorded_at AFTER INSERT ON decision_runs FOR EACH ROW EXECUTE FUNCTION doseline_check_recorded_at();
