using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bot.Data.Notices;
using Bot.Handlers.Notices;

namespace Bot.Bench.Notices;

/// <summary>A file of many recipients, read and checked row by row as before a notice is made.</summary>
internal static class FileRun
{
    private const double Most = 5;

    public static async Task<bool> RunAsync(int rows)
    {
        StringBuilder text = new("openid,thing1,phrase2,time3\n");
        for (var row = 1; row <= rows; row++)
            text.Append(CultureInfo.InvariantCulture, $"o-{row:D7}-abcdefghijklmnopqr,居住证办理第{row}件,审核通过,2026年11月28日 10:00\n");
        var file = Encoding.UTF8.GetBytes(text.ToString());
        TemplateVersion template = new(1, 1, BenchTemplate.Info.Title, BenchTemplate.Info.Content, "", "");

        List<double> seconds = [];
        for (var round = 0; round < 3; round++)
        {
            var since = Stopwatch.StartNew();
            var read = await RecipientFile.OpenAsync(file, CancellationToken.None);
            var bad = read.ColumnProblems(template).Count;
            await foreach (var row in read.RowsAsync(CancellationToken.None))
                bad += row.Problem is not null || NoticeFields.Check(template, row.Data!).Problem is not null ? 1 : 0;
            if (bad > 0)
                throw new InvalidOperationException($"{bad} rows were found bad");
            seconds.Add(since.Elapsed.TotalSeconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"file       {rows} rows, {file.Length / 1048576.0:0.0} MiB read and checked in {seconds[0]:0.00} s the first time, {seconds.Min():0.00} s at best (under {Most} s wanted)"));
        return seconds[0] < Most;
    }
}
