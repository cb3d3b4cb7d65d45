using System.Collections.Concurrent;
using System.Collections.Frozen;
using Bot.Data.Cases;
using Bot.Data.Notices;
using Prometheus;

namespace Bot.Host.Operation;

/// <summary>What operators count. Every series exists from the first scrape, at 0; no label names a citizen.</summary>
internal sealed class BotMetrics
{
    private static readonly string[] s_kinds =
    [
        "text", "image", "voice", "video", "shortvideo", "location", "link", "file", "subscribe", "unsubscribe", "scan", "location_event", "click",
        "view", "scancode", "pictures", "location_select", "template_sent", "subscription", "mass_sent", "published", "human_session", "verification",
        "user_authorization", "invoice", "unknown",
    ];

    private readonly FrozenDictionary<(string, CallbackOutcome), Counter.Child> _callbacks;
    private readonly Counter.Child _refused;
    private readonly Histogram _seconds;
    private readonly Counter _late;
    private readonly Counter _duplicates;
    private readonly Gauge _sessions;
    private readonly Histogram _search;
    private readonly Counter _misses;
    private readonly Histogram _api;
    private readonly ConcurrentDictionary<(string, int), Histogram.Child> _calls = [];
    private readonly Counter _refreshes;
    private readonly FrozenDictionary<RecipientStatus, Counter.Child> _notices;
    private readonly Histogram _noticeDelay;
    private readonly Gauge _jobs;
    private readonly Gauge _jobsOldest;
    private readonly Counter _jobsFailed;
    private readonly Gauge _casesOpen;
    private readonly Gauge _casesOverdue;
    private readonly Gauge _casesBreach;
    private readonly Gauge _archiveFailing;

    public BotMetrics(CollectorRegistry registry)
    {
        var metrics = Metrics.WithCustomRegistry(registry);
        var callbacks = metrics.CreateCounter("bot_callbacks_total", "Callbacks by kind of message and what became of them.", "kind", "outcome");
        _callbacks = s_kinds.SelectMany(k => Enum.GetValues<CallbackOutcome>().Select(o => (Key: (k, o), Child: callbacks.WithLabels(k, Label(o)))))
            .ToFrozenDictionary(p => p.Key, p => p.Child);
        _refused = callbacks.WithLabels("none", "refused");
        _seconds = metrics.CreateHistogram("bot_callback_seconds", "From the last byte of a callback to its answer.", new HistogramConfiguration
        {
            Buckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 5],
        });
        _late = metrics.CreateCounter("bot_late_replies_total", "Answers that missed their callback and followed as a message of their own.");
        _duplicates = metrics.CreateCounter("bot_duplicates_total", "Deliveries of a message that had been seen before.");
        _sessions = metrics.CreateGauge("bot_sessions_open", "Citizens with a form half filled in, as this host last saw them.");
        _search = metrics.CreateHistogram("bot_search_seconds", "One policy search.", new HistogramConfiguration
        {
            Buckets = [0.00001, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05],
        });
        _misses = metrics.CreateCounter("bot_search_misses_total", "Questions that no document answered.");
        _api = metrics.CreateHistogram("bot_wechat_api_seconds", "Calls of the platform's API.", ["api", "errcode"], new HistogramConfiguration
        {
            Buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        });
        _api.WithLabels("message/custom/send", "0").Publish();
        _refreshes = metrics.CreateCounter("bot_token_refreshes_total", "Access tokens taken from the platform.");
        var notices = metrics.CreateCounter("bot_notices_total", "Notices by outcome.", "outcome");
        _notices = ((RecipientStatus[])[RecipientStatus.Sent, RecipientStatus.Delivered, RecipientStatus.Refused, RecipientStatus.Failed,
            RecipientStatus.Cancelled, RecipientStatus.Parked, RecipientStatus.Unknown]).ToFrozenDictionary(s => s, s => notices.WithLabels(s.ToString().ToLowerInvariant()));
        _noticeDelay = metrics.CreateHistogram("bot_notice_delay_seconds", "From the request of a single notice to its hand-over to the platform.", new HistogramConfiguration
        {
            Buckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600],
        });
        _jobs = metrics.CreateGauge("bot_jobs_waiting", "Background jobs that are due.");
        _jobsOldest = metrics.CreateGauge("bot_jobs_oldest_seconds", "How long the longest waiting background job that this host can do has been due.");
        _jobsFailed = metrics.CreateCounter("bot_jobs_failed_total", "Background jobs that failed for good.");
        _casesOpen = metrics.CreateGauge("bot_cases_open", "Cases that wait for an answer.");
        _casesOverdue = metrics.CreateGauge("bot_cases_overdue", "Open cases whose deadline is over.");
        _casesBreach = metrics.CreateGauge("bot_cases_breach_ratio", "Of the cases that fell due in the last 30 days, the part that missed its deadline.");
        _archiveFailing = metrics.CreateGauge("bot_archive_failing", "1 while PostgreSQL cannot archive its log.");
    }

    public void Callback(string kind, CallbackOutcome outcome, TimeSpan took)
    {
        (_callbacks.GetValueOrDefault((kind, outcome)) ?? _callbacks[("unknown", outcome)]).Inc();
        _seconds.Observe(took.TotalSeconds);
        if (outcome is CallbackOutcome.Repeated)
            _duplicates.Inc();
    }

    public void AnsweredLate() => _late.Inc();

    public void Refused() => _refused.Inc();

    public void SessionsOpen(int count) => _sessions.Set(count);

    public void Searched(TimeSpan took, bool missed)
    {
        _search.Observe(took.TotalSeconds);
        if (missed)
            _misses.Inc();
    }

    public void Called(string api, int errorCode, TimeSpan took) => _calls.GetOrAdd(
        (api, errorCode), static (key, api) => api.WithLabels(key.Item1, key.Item2.ToString(System.Globalization.CultureInfo.InvariantCulture)), _api).Observe(took.TotalSeconds);

    /// <summary>Recipients that reached a new stand; those that wait are not counted.</summary>
    public void NoticesMoved(RecipientStatus status, int recipients) => _notices.GetValueOrDefault(status)?.Inc(recipients);

    public void NoticeHandedOver(TimeSpan delay) => _noticeDelay.Observe(delay.TotalSeconds);

    public void JobsWaiting(int count, double oldestSeconds)
    {
        _jobs.Set(count);
        _jobsOldest.Set(oldestSeconds);
    }

    public void JobParked() => _jobsFailed.Inc();

    public void CasesKept(CasePromise promise)
    {
        _casesOpen.Set(promise.Open);
        _casesOverdue.Set(promise.Overdue);
        _casesBreach.Set(promise.FellDue == 0 ? 0 : (double)promise.Missed / promise.FellDue);
    }

    public void ArchiveFails(bool failing) => _archiveFailing.Set(failing ? 1 : 0);

    public void TokenRefreshed() => _refreshes.Inc();

    private static string Label(CallbackOutcome outcome) => outcome switch
    {
        CallbackOutcome.Answered => "answered",
        CallbackOutcome.Repeated => "repeated",
        CallbackOutcome.Late => "late",
        CallbackOutcome.Crowded => "crowded",
        CallbackOutcome.Failed => "failed",
        CallbackOutcome.Unavailable => "unavailable",
    };
}

/// <summary>What became of an accepted callback.</summary>
internal enum CallbackOutcome
{
    Answered,

    /// <summary>Answered before; the stored reply was given, or the delivery acknowledged.</summary>
    Repeated,

    /// <summary>Acknowledged at the deadline; the answer follows.</summary>
    Late,

    /// <summary>Too many of this citizen's messages were waiting.</summary>
    Crowded,

    /// <summary>A handler failed; the citizen was told so.</summary>
    Failed,

    /// <summary>The session store was away; the citizen was told so.</summary>
    Unavailable,
}
