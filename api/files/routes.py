"""Attached files: uploaded first, then named by their digest in a mandate or a photo."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from fastapi.responses import Response

from api import openapi
from api.answers import FileKept
from api.bodies import BYTES, raw_body
from api.dependencies import Caller, Given
from api.executing import json_response
from api.files import uploads
from api.files.readable import Readable
from api.refusals import FileEmpty, FileUnknown
from api.routing import Routes
from infra.access import uploads as uploaded

LARGEST_FILE = 20 * 1024 * 1024

router = Routes(tags=["files"])

_UPLOAD: dict[str, Any] = {
    "requestBody": {"required": True, "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}}}
}


async def content(request: Request, _: Caller) -> bytes:
    return await raw_body(request, LARGEST_FILE, BYTES)


@router.post(
    "/v1/files",
    operation_id="files.upload",
    summary="上传附件 · Upload a file",
    status_code=201,
    response_class=Response,
    openapi_extra=_UPLOAD,
    responses={
        201: openapi.answers(FileKept, "已保存 · Kept"),
        **openapi.problems(400, 401, 403, 409, 413, 415, 422, 500, 503),
    },
)
def upload(
    given: Given,
    caller: Caller,
    content: Annotated[bytes, Depends(content)],
    name: Annotated[str | None, Query()] = None,
) -> Response:
    """按内容识别类型；给出 name（文件名）时，其扩展名须与内容相符。同一文件重复上传，结果不变：以 SHA-256 命名。

    Known by its content; a `name`, where one is given, must end accordingly. The same file may be sent again: it is named
    by its SHA-256.
    """
    if not content:
        raise FileEmpty
    uploads.require_fit(content, name)
    digest, _ = given.blobs.put(content)
    with given.pool.connection() as connection:
        uploaded.note(connection, caller.account, digest)
    address = f"/v1/files/{digest}"
    said = {"digest": digest, "size": len(content), "href": address}
    return json_response(said, 201, {"Location": address})


@router.get(
    "/v1/files/{digest}",
    operation_id="files.download",
    summary="下载附件 · Download a file",
    response_class=Response,
    responses={
        200: {"description": "OK", "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}}},
        **openapi.problems(401, 404, 422, 500, 503),
    },
)
def download(
    digest: Annotated[str, Path(json_schema_extra={"pattern": "^[0-9a-f]{64}$"})], given: Given, caller: Caller
) -> Response:
    """本人上传的，或看得到引用它的对象，才能读取；读取时核对摘要。

    For who sent it, or sees something that cites it. Checked against its digest as it is read.
    """
    found = Readable(given, caller).get(digest)
    if found is None:
        raise FileUnknown(digest=digest)
    # Whatever was uploaded, a browser must never run it as a page of ours.
    headers = {
        "Content-Disposition": f'attachment; filename="{digest}.{uploads.ending_of(found)}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, max-age=31536000, immutable",
    }
    return Response(found, headers=headers, media_type=BYTES)
