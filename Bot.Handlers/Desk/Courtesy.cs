using System.Collections.Frozen;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Desk;

/// <summary>What people say to people: thanks, goodbye, are you there, are you real. It is no question to be looked up.</summary>
internal static class Courtesy
{
    private static readonly FrozenDictionary<string, Text> s_answers = new (Text Answer, string[] Words)[]
    {
        (Text.Of("courtesy.thanks"), ["谢谢", "谢谢你", "谢谢您", "谢谢你们", "谢啦", "多谢", "感谢", "非常感谢", "太感谢", "辛苦", "辛苦你", "辛苦您", "麻烦你", "麻烦您", "好的谢谢", "好谢谢", "行谢谢", "知道了谢谢", "太好", "真好", "不错", "3q", "thanks", "thankyou"]),
        (Text.Of("courtesy.noted"), ["好的", "好", "好嘞", "行", "嗯", "嗯嗯", "哦", "明白", "知道", "收到", "懂", "ok", "可以", "没事", "没事了", "不用", "不用谢", "不用了谢谢"]),
        (Text.Of("courtesy.goodbye"), ["再见", "拜拜", "晚安", "下次见", "bye"]),
        (Text.Of("courtesy.here"), ["在吗", "在不在", "在么", "有人吗", "有人在吗", "有人么", "早上好", "上午好", "中午好", "下午好", "晚上好", "早", "嗨", "哈喽", "hi", "hello", "喂"]),
        (Text.Of("courtesy.robot"), ["你是谁", "您是谁", "你是什么", "你叫什么", "你叫什么名字", "你是机器人吗", "你是机器人", "你是人吗", "你是真人吗", "是真人吗", "你是ai吗", "你是人工吗", "是人工吗", "你是人还是机器人", "是机器人吗"]),
    }.SelectMany(a => a.Words.Select(w => (Word: w, a.Answer))).ToFrozenDictionary(a => a.Word, a => a.Answer, StringComparer.Ordinal);

    /// <param name="words">Folded.</param>
    /// <returns>Null for anything else.</returns>
    public static Text? To(string words) =>
        words.Length <= 12 && s_answers.GetValueOrDefault(Plain(words)) is { } answer ? answer : null;

    // 谢谢啦, 好的，谢谢, 辛苦了.
    private static string Plain(string words)
    {
        var plain = words.Replace(",", "", StringComparison.Ordinal).Replace("，", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return s_answers.ContainsKey(plain) ? plain : plain.TrimEnd('了', '啦', '啊', '哈', '哦', '呀', '呢', '的');
    }
}
