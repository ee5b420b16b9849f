-- Tokens of a grant.

-- In which of its owner's roles a token is: 0, the account's own; else one of account_grant, with which it ends.
ALTER TABLE api_token ADD COLUMN grant_id INTEGER NOT NULL DEFAULT 0;
