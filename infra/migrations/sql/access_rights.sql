-- What the application may call. Everything else in this schema is a part of these.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    access.principal,
    access.make_account, access.change_account, access.disable_account, access.enable_account, access.unlock_account,
    access.confirm_account, access.give, access.take,
    access.make_token, access.revoke_token,
    access.note
TO zhangtu_app;
