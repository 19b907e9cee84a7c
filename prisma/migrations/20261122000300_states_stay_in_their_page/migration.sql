-- The states are updated with every entry. With room left in the page an update stays there and touches no index, and a
-- state with its summary, some kilobytes of JSON, is neither compressed nor moved aside.
ALTER TABLE animal_states SET (fillfactor = 40, toast_tuple_target = 8160);
