-- Who the office's own provider said it was when the account was first used that way: a name there may be changed, this may not.
alter table staff add oidc_subject text check (char_length(oidc_subject) <= 600);
