"""The title of a building as a dated history; "unknown" and "disputed" are ordinary states."""

from datetime import datetime

from domain.kernel.aggregate import Claim
from domain.kernel.codes import certificate_number, estate_unit_code
from domain.kernel.commands import command
from domain.kernel.errors import InvalidValue, Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Area, Name, Reason, Token
from domain.organisations.unit import Unit
from domain.premises.events import title as happened
from domain.premises.facets import CERTIFICATE, LAND_AREA, OWNER, PARCEL, TITLE
from domain.premises.premise import require_period
from domain.premises.standing import Standing
from domain.premises.terms import TitleState


class Titled(Standing):
    @command("权属登记", "Register the title", document=True)
    def register_title(
        self,
        mandate: Mandate,
        *,
        owner: Unit,
        certificate: Token,
        parcel: Token | None = None,
        land_area: Area | None = None,
    ) -> None:
        """Also how a certificate is replaced by a new one; another owner needs a transfer."""
        moment = mandate.effective
        self.require_standing(moment)
        self.require_undisputed(moment)
        owner.require_active(moment)
        if self.title_at(moment) is TitleState.REGISTERED and self.at(OWNER, moment) != owner.id:
            raise TitleHeldByAnother(owner=self.at(OWNER, moment))
        self.record(
            happened.TitleRegistered(
                **self.next(mandate),
                owner=owner.id,
                certificate=certificate_number(certificate),
                parcel=None if parcel is None else estate_unit_code(parcel),
                land_area=land_area,
            )
        )

    @command("权属备案", "File the title", document=True)
    def file_title(self, mandate: Mandate, *, owner: Unit, missing: Reason) -> None:
        """Records are missing: until the title is registered, the building may not be disposed of."""
        moment = mandate.effective
        self.require_standing(moment)
        self.require_undisputed(moment)
        owner.require_active(moment)
        if self.title_at(moment) is TitleState.REGISTERED:
            raise TitleRegisteredAlready(certificate=self.at(CERTIFICATE, moment))
        self.record(happened.TitleFiled(**self.next(mandate), owner=owner.id, missing=missing))

    @command("认定权属不明", "Declare the title unknown", document=True)
    def declare_title_unknown(self, mandate: Mandate) -> None:
        self.require_standing(mandate.effective)
        self.require_undisputed(mandate.effective)
        self.record(happened.TitleDeclaredUnknown(**self.next(mandate)))

    @command("登记权属争议", "Record a dispute over the title", document=True)
    def dispute_title(
        self,
        mandate: Mandate,
        *,
        disputed_with: Name,
        case_number: Token | None = None,
        until: datetime | None = None,
    ) -> None:
        """When `until` comes, or the dispute is settled before, the title is again what it was or is settled to be."""
        self.require_standing(mandate.effective)
        self.require_undisputed(mandate.effective)
        require_period(mandate.effective, until)
        self.record(
            happened.TitleDisputed(
                **self.next(mandate), disputed_with=disputed_with, case_number=case_number, until=until
            )
        )

    @command("权属争议了结", "Settle the dispute over the title", document=True)
    def settle_title_dispute(
        self,
        mandate: Mandate,
        *,
        outcome: TitleState,
        owner: Unit,
        certificate: Token | None = None,
        parcel: Token | None = None,
        land_area: Area | None = None,
    ) -> None:
        """A title settled as registered keeps the certificate, parcel and land it had unless new ones are given."""
        moment = mandate.effective
        self.require_standing(moment)
        self.require(self.title_at(moment) is TitleState.DISPUTED, TitleNotDisputed(at=moment.isoformat()))
        self.require(outcome is not TitleState.DISPUTED, SettledAsDisputed())
        owner.require_active(moment)
        kept = outcome is TitleState.REGISTERED
        number = certificate_number(certificate) if certificate else self.at(CERTIFICATE, moment)
        self.require(not kept or number is not None, CertificateMissing())
        unit_code = estate_unit_code(parcel) if parcel else self.at(PARCEL, moment)
        self.record(
            happened.TitleDisputeSettled(
                **self.next(mandate),
                outcome=outcome,
                owner=owner.id,
                certificate=number if kept else None,
                parcel=unit_code if kept else None,
                land_area=(land_area or self.at(LAND_AREA, moment)) if kept else None,
            )
        )

    @command("权属转移", "Transfer the title", document=True)
    def transfer_title(
        self,
        mandate: Mandate,
        *,
        to: Unit,
        certificate: Token,
        parcel: Token | None = None,
        land_area: Area | None = None,
    ) -> None:
        """The parcel and its land stay as they were unless new ones are given."""
        moment = mandate.effective
        self.require_standing(moment)
        self.require_title_registered(moment)
        to.require_active(moment)
        self.record(
            happened.TitleTransferred(
                **self.next(mandate),
                to=to.id,
                certificate=certificate_number(certificate),
                parcel=estate_unit_code(parcel) if parcel else self.at(PARCEL, moment),
                land_area=land_area or self.at(LAND_AREA, moment),
            )
        )

    def title_at(self, moment: datetime) -> TitleState | None:
        return self.at(TITLE, moment)

    def require_undisputed(self, moment: datetime) -> None:
        """Rule: while the title is disputed it stays as it is until the dispute is settled."""
        if self.title_at(moment) is TitleState.DISPUTED:
            raise TitleInDispute(at=moment.isoformat())

    def require_title_registered(self, moment: datetime) -> None:
        """Rule: only what is registered can be transferred or disposed of."""
        state = self.title_at(moment)
        if state is not TitleState.REGISTERED:
            shown = state or TitleState.UNKNOWN
            raise TitleNotRegistered(at=moment.isoformat(), zh_state=shown.zh, en_state=shown.en)

    def claims(self) -> frozenset[Claim]:
        """A certificate names one title for ever, also after another has replaced it."""
        return super().claims() | {("certificate", number) for number in self.ever(CERTIFICATE) if number}


class TitleInDispute(Refusal):
    code = "title-in-dispute"
    zh = "该房屋权属在 {at} 处于争议中。请先办理“权属争议了结”。"
    en = "The title is disputed at {at}. Settle the dispute first."


class TitleNotDisputed(Refusal):
    code = "title-not-disputed"
    zh = "该房屋权属在 {at} 没有争议，无可了结。请核对日期。"
    en = "The title is not disputed at {at}, so there is nothing to settle. Check the date."


class SettledAsDisputed(InvalidValue):
    code = "settled-as-disputed"
    zh = "争议了结的结果不能仍是“有争议”。请选择已登记、已备案或权属不明。"
    en = "A dispute is not settled as disputed. Choose registered, filed or unknown."
    field = "outcome"


class CertificateMissing(Refusal):
    code = "certificate-missing"
    zh = "了结为“已登记”须有不动产权证书，该房屋尚无证书号。请填写证书号。"
    en = "A title settled as registered needs a certificate, and this one has none yet. Give its number."
    field = "certificate"


class TitleHeldByAnother(Refusal):
    code = "title-held-by-another"
    zh = "该房屋已登记在单位 {owner} 名下。变更权利人请办理“权属转移”。"
    en = "The title is registered to unit {owner}. Use a transfer to change its owner."
    field = "owner"


class TitleRegisteredAlready(Refusal):
    code = "title-registered-already"
    zh = "该房屋已登记（证书 {certificate}），不能改为备案。登记有误的，请先更正，或先认定权属不明。"
    en = (
        "The title is registered (certificate {certificate}) and cannot be filed instead. Correct the registration, or "
        "declare the title unknown first."
    )


class TitleNotRegistered(Refusal):
    code = "title-not-registered"
    zh = "该房屋权属在 {at} 为“{zh_state}”，不得转移或处置。请先办理权属登记，有争议的先了结。"
    en = (
        "The title at {at} is: {en_state}. It cannot be transferred or disposed of. Register the title first, and "
        "settle any dispute."
    )
