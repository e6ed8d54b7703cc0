"""What is refused about webhooks."""

from __future__ import annotations

from domain.kernel.errors import Refusal


class WebhooksOff(Refusal):
    code = "webhooks-off"
    zh = "本系统没有允许任何 Webhook 地址。请系统运行人员设置 ZHANGTU_WEBHOOK_ORIGINS。"
    en = "No address for webhooks is allowed here. Ask whoever runs the system to set ZHANGTU_WEBHOOK_ORIGINS."


class WebhookElsewhere(Refusal):
    code = "webhook-elsewhere"
    field = "url"
    zh = "不允许发往这个地址。允许的有：{origins}。"
    en = "Nothing may be sent to this address. Allowed are: {origins}."


class WebhookFeedMissing(Refusal):
    code = "webhook-feed-missing"
    field = "account"
    zh = "这个账号没有“事件订阅”的权限，请安全管理员先授予相应角色。"
    en = "This account may not follow the event feed; the security administrator gives a role that does."
