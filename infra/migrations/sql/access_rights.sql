-- What the application may call. Everything else in this schema is a part of these.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    access.principal,
    access.make_account, access.change_account, access.disable_account, access.enable_account, access.unlock_account,
    access.confirm_account, access.give, access.take,
    access.make_token, access.revoke_token,
    access.challenge, access.set_one_time, access.change_password,
    access.begin_factor, access.begun_factor, access.confirm_factor, access.remove_factor, access.remove_factor_of,
    access.sign_in, access.sign_in_as, access.sign_out, access.end_sessions, access.link, access.unlink,
    access.note, access.review
TO zhangtu_app;
