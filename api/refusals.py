"""What the door itself refuses, before the domain is asked."""

from __future__ import annotations

from collections.abc import Sequence

from api.faults import Fault
from domain.kernel.errors import NotFound, Refusal
from domain.kernel.saving import Conflict


class Faulty(Refusal):
    """A refusal with a list of faults, each at its place in what was sent."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(field=None, count=len(faults))
        self.faults = tuple(faults)
        self.data = {}


class RequestInvalid(Faulty):
    code = "request-invalid"
    zh = "请求有误，请按 errors 中的提示逐项改正。"
    en = "The request is not as required; errors says what to correct, and where."


class QueryInvalid(RequestInvalid):
    """The same to map programs, whose standard has another status for it."""


class ValueImpossible(Faulty):
    code = "value-impossible"
    zh = "格式正确，但数值不可能成立，请按 errors 中的提示改正。"
    en = "Well formed, but no such value is possible; errors says which, and why."


class FileMissing(Faulty):
    code = "file-missing"
    zh = "引用的附件尚未上传。请先用 POST /v1/files 上传，再提交。"
    en = "A file that this refers to was not uploaded. Upload it with POST /v1/files first, then send this again."


class LineInvalid(Faulty):
    """A line of a batch is checked against its own command, which the schema of a batch does not say."""

    code = "line-invalid"
    zh = "批次中有一行不符合其命令的要求，请按 errors 中的提示改正。"
    en = "A line of the batch is not as its command requires; errors says what to correct, and where."


class BodyNotJson(Refusal):
    code = "body-not-json"
    zh = "请求正文不能作为 JSON 读取：{reason}。"
    en = "The body cannot be read as JSON: {reason}."


class BodyTooLarge(Refusal):
    code = "body-too-large"
    zh = "正文超过上限 {limit} 字节。请分批提交。"
    en = "The body is larger than the limit of {limit} bytes. Send it in parts."


class TypeNotSupported(Refusal):
    code = "content-type-not-supported"
    zh = "Content-Type 应为 {expected}，现为“{given}”。"
    en = "Content-Type must be {expected}; this is “{given}”."
    field = "Content-Type"


class TokenNeeded(Refusal):
    code = "token-needed"
    zh = "需要有效的令牌：请在请求头写 Authorization: Bearer <令牌>。令牌可能已过期或被吊销。"
    en = "A valid token is needed: send the header Authorization: Bearer <token>. It may have expired or been revoked."


class BasicNeeded(TokenNeeded):
    """Where map programs come in, which ask their users for a name and a password."""

    zh = "需要登录：用户名填登录名，密码填令牌（也可只填令牌）。令牌可能已过期或被吊销。"
    en = "Sign in: your login as user name and a token as password (or the token alone). It may have expired or been revoked."


class NotThere(NotFound):
    code = "not-found"
    zh = "没有这个地址。可用的命令见 /v1/commands。"
    en = "There is no such address. The commands are listed at /v1/commands."


class CommandUnknown(NotThere):
    zh = "没有名为 {key} 的命令。可用的命令见 /v1/commands。"
    en = "There is no command {key}. The commands are listed at /v1/commands."


class VersionUnknown(NotThere):
    zh = "{id} 没有第 {version} 版；最新为第 {latest} 版。"
    en = "{id} has no version {version}; the latest is {latest}."


class PositionUnknown(NotThere):
    zh = "日志中没有位置 {position}。请核对；若是从前得到的，日志可能已从备份恢复，或者它属于另一套系统。"
    en = "The log has no position {position}. Check it; if it was given once, this log was restored, or it is of another system."


class FileUnknown(NotThere):
    zh = "没有摘要为 {digest} 的文件。"
    en = "There is no file with the digest {digest}."


class PaperUnknown(NotThere):
    zh = "没有保存过名为“{name}”的内容。"
    en = "Nothing is kept under the name “{name}”."


class FileEmpty(Refusal):
    code = "file-empty"
    zh = "文件是空的，请检查后重新上传。"
    en = "The file is empty. Check it and upload it again."


class MethodNotAllowed(Refusal):
    code = "method-not-allowed"
    zh = "此地址不支持这种请求方法；支持的方法见响应头 Allow。"
    en = "This address does not take that method; the header Allow names those it takes."


class Stale(Conflict):
    """`If-Match` named a version that is not the latest any more."""

    code = "version-conflict"


class IdMissing(Refusal):
    code = "id-missing"
    zh = "缺少对象编号 id：只有新建且不是更正的命令才能省略。"
    en = "The id is missing: only a command that creates, and corrects nothing, may leave it out."
    field = "id"


class MandateMissing(Refusal):
    code = "mandate-missing"
    zh = "缺少依据 mandate：请写在该行，或写在批次上作为默认。"
    en = "The mandate is missing: give it on the line, or on the batch for all its lines."
    field = "mandate"


class ProposalByItself(Refusal):
    code = "proposal-by-itself"
    zh = "呈批件的各项操作须单独办理，不能写在批次或另一份呈批件中。"
    en = "What is done with a proposal is done by itself, not as a line of a batch or of another proposal."
    field = "command"


class Unavailable(Refusal):
    code = "database-unavailable"
    zh = "数据库暂时不可用，请稍后重试（重复提交同一 Idempotency-Key 是安全的）。"
    en = "The database is not available right now. Try again; repeating the same Idempotency-Key is safe."


class ViewsBeingBuilt(Refusal):
    code = "views-being-built"
    zh = "查询视图正在生成，请稍后重试；办理业务不受影响。"
    en = "The views to read from are being built. Try again a little later; commands go through meanwhile."


class ViewBehind(Refusal):
    code = "view-behind"
    zh = "视图更新到日志位置 {position}，还没有到 {after}（差 {behind}），请稍后重试。"
    en = "The view shows the log up to {position}, not yet {after}: it is {behind} behind. Try again in a moment."
    field = "query.after"


class PositionAhead(Refusal):
    code = "position-ahead"
    zh = "日志目前到 {head}，没有位置 {after}。请使用办理答复中的 position。"
    en = "The log goes up to {head}; there is no position {after}. Use the position that a command answered with."
    field = "query.after"


class CaseUnknown(NotThere):
    code = "case-unknown"
    zh = "没有名为“{case}”的调查视图，或者它还没有建好。"
    en = "There is no case “{case}”, or it is not ready yet."
    field = "query.case"


class ExportsBusy(Refusal):
    code = "exports-busy"
    zh = "同时导出的已有 {most} 个，请稍后重试。"
    en = "There are {most} exports under way already. Try again in a little while."


class Broken(Refusal):
    code = "internal-error"
    zh = "系统内部出错，已记入日志（编号 {incident}）。请联系管理员。"
    en = "Something broke inside; it is in the log as {incident}. Tell the administrator."
