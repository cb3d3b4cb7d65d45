using Bot.Handlers.Routing;

namespace Bot.Handlers.Flows;

/// <summary>The words that steer a conversation wherever it stands.</summary>
internal enum FlowCommand { None, Back, Cancel, NextPage, Resume, Finish }

internal static class FlowCommands
{
    extension(FlowCommand)
    {
        public static FlowCommand Read(Utterance said) => said.Words switch
        {
            "返回" or "上一步" or "返回上一步" => FlowCommand.Back,
            "取消" or "退出" => FlowCommand.Cancel,
            "下一页" or "下页" or "更多" => FlowCommand.NextPage,
            "继续" => FlowCommand.Resume,
            "完成" or "写完了" or "发完了" => FlowCommand.Finish,
            _ => FlowCommand.None,
        };
    }
}
