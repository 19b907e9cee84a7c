-- What a second factor leaves in the trail, on the account's own chain.
INSERT INTO audit_kinds (kind, chains) VALUES
  ('SECOND_FACTOR_SET', '{account}'),
  ('SECOND_FACTOR_REMOVED', '{account}'),
  ('RECOVERY_CODE_USED', '{account}');
