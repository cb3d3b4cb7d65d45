using System.Globalization;
using System.Runtime.CompilerServices;
using Bot.Data.Surveys;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>The results of one version of a survey.</summary>
public sealed record SurveyFigures(SurveyVersion Version, long Answers, long InBox, IReadOnlyList<QuestionFigure> Questions)
{
    /// <param name="open">For the public: small groups are not told.</param>
    public static SurveyFigures Of(SurveyVersion version, SurveyTally tally, bool open)
    {
        List<QuestionFigure> figures = [];
        foreach (var (place, question) in version.Questions.Index())
        {
            // How many were asked after certain answers is how many gave them.
            var betrays = question.When is { } when && figures.FirstOrDefault(f => f.Question.Key == when.Question)?.IsBetrayedBy(when.Any) == true;
            figures.Add(QuestionFigure.Of(
                place, question, place < tally.Questions.Count ? tally.Questions[place] : new(0, new long[SurveyQuestion.MostOptions], 0), open, open && betrays));
        }

        return new(version, tally.Answers, tally.InBox, figures);
    }

    /// <summary>Two questions together; small groups are not told, in the console neither.</summary>
    /// <param name="together">As the store counts: a bit for each option.</param>
    public static long?[,] Cross(SurveyQuestion row, SurveyQuestion column, IReadOnlyList<(long Row, long Column, long Answers)> together)
    {
        var counts = new long[row.Options.Count, column.Options.Count];
        foreach (var (rows, columns, answers) in together)
        {
            for (var r = 0; r < row.Options.Count; r++)
            {
                for (var c = 0; c < column.Options.Count; c++)
                    counts[r, c] += (rows >> r & 1) == 1 && (columns >> c & 1) == 1 ? answers : 0;
            }
        }

        return SmallGroups.Hide(counts);
    }

    /// <summary>Every answer as a row.</summary>
    public static Task WriteAsync(SurveyVersion version, IAsyncEnumerable<SurveyReplies> answers, Stream output, bool excel, CancellationToken ct) => TableFile.WriteAsync(
        [.. version.Questions.Select((q, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {q.Text}"))], Rows(version, answers, ct), output, excel, ct);

    private static async IAsyncEnumerable<object?[]> Rows(SurveyVersion version, IAsyncEnumerable<SurveyReplies> answers, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var answer in answers.WithCancellation(ct))
        {
            yield return [.. version.Questions.Select((q, i) => q.Kind switch
            {
                SurveyKind.Number => (object?)answer.Numbers[i],
                SurveyKind.Text => answer.Texts[i],
                SurveyKind.Single or SurveyKind.Multiple or SurveyKind.Rating => string.Join('；', q.Options.Where((_, o) => (answer.Picks[i] >> o & 1) == 1)),
            })];
        }
    }
}

/// <param name="Place">From 0.</param>
/// <param name="Answers">Null: not told, and nothing else of the question either.</param>
/// <param name="Mean">Of numbers, or of ratings from 1 up; null when nobody answered, or it is not told.</param>
public sealed record QuestionFigure(int Place, SurveyQuestion Question, long? Answers, IReadOnlyList<OptionFigure> Options, decimal? Mean)
{
    /// <summary>Whether what is hidden here could be computed from how many chose one of some options.</summary>
    internal bool IsBetrayedBy(IReadOnlyList<string> options)
    {
        string[] hidden = [.. Options.Where(o => o.Answers is null).Select(o => o.Label)];
        // The sum of all that is hidden is known anyway; of several choices only that everybody made one.
        var known = Question.Kind is SurveyKind.Multiple ? Question.Options : hidden;
        return Answers is null || (hidden.Any(options.Contains) && !known.All(options.Contains));
    }

    /// <param name="betrays">Of an open one: what is hidden of a question above could be computed from it.</param>
    internal static QuestionFigure Of(int place, SurveyQuestion question, QuestionTally tally, bool open, bool betrays)
    {
        long[] counts = [.. tally.Options.Take(question.Options.Count)];
        var hidden = betrays || (open && tally.Answers is > 0 and < SmallGroups.Fewest);
        long?[] told = hidden ? new long?[counts.Length] : open ? SmallGroups.Hide(counts, question.Kind is not SurveyKind.Multiple) : [.. counts.Select(c => (long?)c)];
        // From a mean, the number of answers and the other options a small group could be computed.
        decimal? mean = hidden || tally.Answers == 0 || told.Contains(null) ? null : question.Kind switch
        {
            SurveyKind.Number => tally.Total / tally.Answers,
            SurveyKind.Rating => counts.Select((count, i) => (decimal)count * (i + 1)).Sum() / tally.Answers,
            SurveyKind.Single or SurveyKind.Multiple or SurveyKind.Text => null,
        };
        return new(place, question, hidden ? null : tally.Answers, [.. question.Options.Select((label, i) => new OptionFigure(
            label, told[i], told[i] is { } count && tally.Answers > 0 ? 100.0 * count / tally.Answers : null))], mean);
    }
}

/// <param name="Answers">Null: not told.</param>
/// <param name="Share">Per cent of those who answered the question.</param>
public sealed record OptionFigure(string Label, long? Answers, double? Share);
