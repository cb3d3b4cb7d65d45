using Bot.Data.Consultations;

namespace Bot.Host.Pages.Public;

/// <summary>How consultations are told to everybody.</summary>
public static class ConsultationView
{
    public static int DaysLeft(ConsultationPaper paper, DateTimeOffset now) => Math.Max(0, (int)Math.Ceiling((paper.ClosesAt - now).TotalDays));

    public static string Style(ConsultationState state) => state switch
    {
        ConsultationState.Open or ConsultationState.Reported => "in-force",
        ConsultationState.Waiting => "not-yet",
        ConsultationState.Closed or ConsultationState.Draft => "amended",
        ConsultationState.Stopped => "lapsed",
    };

    public static string Style(PointVerdict verdict) => verdict switch { PointVerdict.Adopted => "in-force", PointVerdict.Partly => "not-yet", PointVerdict.Declined => "amended" };
}
