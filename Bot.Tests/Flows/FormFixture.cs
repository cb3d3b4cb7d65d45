using Bot.Tests.Conversations;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>A conversation with a form that has every kind of step.</summary>
public abstract class FormFixture
{
    /// <summary>From the first question to the last.</summary>
    protected const string FilledIn =
        """
        > 登记
        请选择颜色：
        1. 红色
        2. 黑色
        > 2
        请输入姓名：
        > 小李
        请发送位置：
        >! place 人民路1号
        黑 小李 1月1日 人民路1号，确认吗？
        1. 确认提交
        """;

    /// <summary>What surrounds the form: each test arranges it, and may change it in the middle.</summary>
    internal FormFlow.World World { get; private set; } = new();

    [SetUp]
    public void New() => World = new();

    internal Chat NewChat() => new(s => s.AddSingleton(World), FormFlow.Table);
}
