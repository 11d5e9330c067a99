"""Pages of surveys for residents."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.base.errors import Closed, DomainError, NotFound
from dialogue.base.i18n import lazy
from dialogue.surveys import answer_form, answering, queries, results, rules
from dialogue.surveys.questionnaire import thaw
from dialogue.web import access
from dialogue.web.forms import render_form, sent
from dialogue.web.pagecache import cached
from dialogue.web.transaction import session

blueprint = Blueprint("surveys", __name__)


@blueprint.get("/s/<code>")
@access.public
def short_link(code: str) -> Response:
    """What stands on a poster: leads to the survey in the language the browser asks for."""
    answer = redirect(url_for("surveys.form", code=code))
    answer.headers["Vary"] = "Accept-Language"
    return answer


@blueprint.get("/<lang:lang>/surveys/<code>")
@access.public
@cached(queries.collector_version)
def form(code: str) -> str:
    """The published form, empty."""
    collector = queries.public_collector(session(), code)
    version = queries.last_versions(session(), collector.survey_id)[0]
    questionnaire = thaw(version.form)
    return render_template(
        "surveys/answer.html",
        collector=collector,
        survey=collector.survey,
        questionnaire=questionnaire,
        version=version,
        form=answer_form.make(questionnaire, None),
        is_open=rules.is_open(collector, clock.today()),
        results_are_public=rules.results_are_public(collector.survey, clock.today()),
    )


@blueprint.post("/<lang:lang>/surveys/<code>")
@access.public
def answer(code: str) -> Response | tuple[str, int]:
    """Take the answers, for the version that was shown if it is the newest or the one before it."""
    collector = queries.public_collector(session(), code)
    versions = queries.last_versions(session(), collector.survey_id)
    shown = request.form.get("version", versions[0].number, type=int)
    version = next((version for version in versions if version.number == shown), None)
    is_known = version is not None
    version = version or versions[0]
    questionnaire = thaw(version.form)
    filled = answer_form.make(questionnaire, request.form)
    if sent(filled):
        try:
            if not is_known:
                raise Closed(
                    lazy(
                        "The questions have changed since you opened the page. Check your answers and send again."
                    )
                )
            key = filled.submission_key.data or ""
            answering.answer(session(), collector, version, filled.sent(), i18n.language(), key)
            return redirect(url_for("surveys.thanks", code=code))
        except DomainError as error:
            filled.refuse(error)
    return render_form(
        "surveys/answer.html",
        filled,
        collector=collector,
        survey=collector.survey,
        questionnaire=questionnaire,
        version=version,
        is_open=rules.is_open(collector, clock.today()),
        results_are_public=rules.results_are_public(collector.survey, clock.today()),
    )


@blueprint.get("/<lang:lang>/surveys/<code>/thanks")
@access.public
@cached(queries.collector_version)
def thanks(code: str) -> str:
    """What happens next."""
    collector = queries.public_collector(session(), code)
    return render_template("surveys/thanks.html", survey=collector.survey)


@blueprint.get("/<lang:lang>/surveys/<code>/results")
@access.public
@cached(queries.survey_version, "collector")
def public_results(code: str) -> str:
    """The results, once the survey is over and its team lets everybody see them."""
    survey = queries.public_survey(session(), code)
    if not survey.results_public:
        raise NotFound
    if not rules.results_are_public(survey, clock.today()):
        return render_template("surveys/results_later.html", survey=survey)
    shown = results.of(session(), survey, request.args.get("collector"))
    return render_template("surveys/results.html", survey=survey, results=shown)
