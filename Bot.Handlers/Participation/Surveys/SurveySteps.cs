using System.Globalization;
using Bot.Data.Surveys;
using Bot.Handlers.Flows;
using Bot.Handlers.Language;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>Makes a step of a question.</summary>
internal static class SurveySteps
{
    // More would not be a count, an age or an amount.
    private const decimal Greatest = 1_000_000_000_000;
    private const int MostDecimals = 4;

    private static readonly Text s_place = Text.Of("survey.place");
    private static readonly Text s_placeOf = Text.Of("survey.place-of");
    private static readonly Text s_single = Text.Of("survey.single");
    private static readonly Text s_multiple = Text.Of("survey.multiple");
    private static readonly Text s_number = Text.Of("survey.number");
    private static readonly Text s_range = Text.Of("survey.range");
    private static readonly Text s_text = Text.Of("survey.text");
    private static readonly Text s_optional = Text.Of("survey.optional");
    private static readonly Text s_skip = Text.Of("survey.skip");
    private static readonly Text s_noOption = Text.Of("survey.no-option");
    private static readonly Text s_noOptions = Text.Of("survey.no-options");
    private static readonly Text s_notANumber = Text.Of("survey.not-a-number");
    private static readonly Text s_outOfRange = Text.Of("survey.out-of-range");
    private static readonly Text s_tooLong = Text.Of("survey.too-long");
    private static readonly Text s_needed = Text.Of("survey.needed");

    /// <param name="all">The survey's questions.</param>
    public static Step<SurveySheet> Of(SurveyQuestion question, IReadOnlyList<SurveyQuestion> all)
    {
        var step = question.HasOptions ? Choice(question, all) : new(
            question.Key, (sheet, _) => Task.FromResult(new Question(Prompt(question, all, sheet), null)),
            (sheet, answer) => question.Kind is SurveyKind.Number ? Number(question, sheet, answer) : Words(question, sheet, answer)) { OwnWords = true };
        return question.When is { } when && all.FirstOrDefault(q => q.Key == when.Question) is { } earlier
            ? step with { When = sheet => sheet.Given.TryGetValue(earlier.Key, out var reply) && (reply.Picks & Mask(earlier, when.Any)) != 0 }
            : step;
    }

    private static long Mask(SurveyQuestion question, IReadOnlyList<string> options) =>
        question.Options.Select((option, i) => options.Contains(option) ? 1L << i : 0).Sum();

    private static Step<SurveySheet> Choice(SurveyQuestion question, IReadOnlyList<SurveyQuestion> all)
    {
        FlowChoice[] choices = [.. question.Options.Select((option, i) => new FlowChoice(i.ToString(CultureInfo.InvariantCulture), option))];
        if (!question.Need)
            choices = [.. choices, new(FlowState.End, s_skip.Say())];
        return new(
            question.Key, (sheet, _) => Task.FromResult(new Question(Prompt(question, all, sheet), choices)),
            (sheet, answer) => Picked(question, sheet, answer)) { Reads = (said, _) => Read(question, said) };
    }

    // The answer is kept as the places of the options: 0,2.
    private static Taken<SurveySheet> Picked(SurveyQuestion question, SurveySheet sheet, string answer)
    {
        if (answer == FlowState.End)
            return question.Need ? new(sheet, s_needed.Say()) : new(sheet.With(question, default));
        var picks = 0L;
        foreach (var part in answer.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place >= question.Options.Count)
                return new(sheet, s_noOptions.Say(question.Options.Count));
            picks |= 1L << place;
        }

        return new(sheet.With(question, new(Picks: picks)));
    }

    // Words of an option, or several numbers where several may be chosen.
    private static Reading Read(SurveyQuestion question, Utterance said)
    {
        if (FlowWords.IsSkip(said.Words) && !question.Options.Contains(said.Raw))
            return question.Need ? new(Why: s_needed.Say()) : new(FlowState.End);
        for (var i = 0; i < question.Options.Count; i++)
        {
            if (Chinese.Fold(question.Options[i]) == said.Words)
                return new(i.ToString(CultureInfo.InvariantCulture));
        }

        if (question.Kind is SurveyKind.Multiple && Places(said.Words) is { Count: > 0 } places)
        {
            return places.Max() <= question.Options.Count
                ? new(string.Join(',', places.Select(p => p - 1)))
                : new(Why: s_noOption.Say(places.Max(), question.Options.Count));
        }

        return new(Why: said.Number is { } number ? s_noOption.Say(number, question.Options.Count) : s_noOptions.Say(question.Options.Count));
    }

    // 1,3 or 1、3 or 13 or 一和三; null when anything else is in it.
    private static SortedSet<int>? Places(string words)
    {
        SortedSet<int> places = [];
        foreach (var c in words)
        {
            if (" ,，、;；/.和与及+&".Contains(c, StringComparison.Ordinal))
                continue;
            if (Numerals.Pick([c]) is not { } place)
                return null;
            places.Add(place);
        }

        return places;
    }

    private static Taken<SurveySheet> Number(SurveyQuestion question, SurveySheet sheet, string answer)
    {
        var words = Utterance.Of(answer).Words;
        if (!question.Need && FlowWords.IsSkip(words))
            return new(sheet.With(question, default));
        if (!decimal.TryParse(words, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            || Math.Abs(number) > Greatest)
        {
            return new(sheet, s_notANumber.Say());
        }

        if (number < question.Least || number > question.Greatest)
            return new(sheet, s_outOfRange.Say(Bound(number)));
        return new(sheet.With(question, new(Number: Math.Round(number, MostDecimals))));
    }

    private static Taken<SurveySheet> Words(SurveyQuestion question, SurveySheet sheet, string answer)
    {
        if (!question.Need && FlowWords.IsSkip(Utterance.Of(answer).Words))
            return new(sheet.With(question, default));
        var words = answer.Replace("\0", "", StringComparison.Ordinal).Trim();
        return words.Length is 0 ? new(sheet, s_needed.Say())
            : words.Length > SurveyQuestion.LongestAnswer ? new(sheet, s_tooLong.Say(words.Length, SurveyQuestion.LongestAnswer))
            : new(sheet.With(question, new(Words: words)));
    }

    private static string Prompt(SurveyQuestion question, IReadOnlyList<SurveyQuestion> all, SurveySheet sheet)
    {
        var place = sheet.Given.Count + 1;
        var at = all.Any(q => q.When is not null) ? s_place.Say(place) : s_placeOf.Say(place, all.Count);
        var how = question.Kind switch
        {
            SurveyKind.Single or SurveyKind.Rating => s_single.Say(),
            SurveyKind.Multiple => s_multiple.Say(),
            SurveyKind.Number => Range(question) is { Length: > 0 } range ? range : s_number.Say(),
            SurveyKind.Text => s_text.Say(SurveyQuestion.LongestAnswer),
        };
        return question.Need || question.HasOptions ? $"{at}{question.Text}\n{how}" : $"{at}{question.Text}\n{how}\n{s_optional.Say()}";
    }

    private static string Range(SurveyQuestion question) => (question.Least, question.Greatest) switch
    {
        (null, null) => "",
        var (least, greatest) => s_range.Say(Bound(least), Bound(greatest)),
    };

    private static string Bound(decimal? bound) => bound?.ToString("0.####", CultureInfo.InvariantCulture) ?? "不限";
}
