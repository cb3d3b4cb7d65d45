using Bot.Handlers.Language;

namespace Bot.Handlers.Appointments;

/// <summary>What may follow 预约 to name what is to be booked.</summary>
public static class BookingDoors
{
    // The longest name of a service that anybody types; beyond it somebody tells or asks something.
    private const int Longest = 12;

    /// <summary>预约护照 opens the form; 预约登记结婚要带什么 asks for something.</summary>
    public static bool IsMatter(string words) => words.Length is > 0 and <= Longest && !QuestionWords.In(words);
}
