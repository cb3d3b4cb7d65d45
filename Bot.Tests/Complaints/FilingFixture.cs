namespace Bot.Tests.Complaints;

/// <summary>Conversations that file something: the way to the story, and from its end to the sheet to be confirmed.</summary>
public abstract class FilingFixture : CaseFixture
{
    protected const string ToTheStory =
        """
        > 投诉
        请选择类别，回复数字即可：
        1. 路灯照明
        2. 噪声扰民
        3. 拖欠工资
        4. 其他投诉
        > 1
        请描述您要反映的情况：时间、地点、经过和您的诉求。可以分多条发送文字或语音，也可以直接发照片；全部发完后请回复“完成”。
        """;

    protected const string ToTheEnd =
        """

        > 完成
        请告诉我地点：点“+”发送位置，或者直接打字写明地址。不涉及地点可以跳过：
        1. 跳过，不填地点
        > 人民路与建设路路口
        可以发送照片或短视频作为依据，最多9张，发完请回复“完成”；没有请回复“1”：
        1. 没有了，下一步
        > 1
        是否需要匿名？
        1. 不匿名
        2. 匿名（承办部门看不到您的身份和联系方式）
        > 1
        您留下的称呼和电话加密保存，只用于办理您提交的事项；填写即表示同意。
        请留下称呼和电话，例如“张女士 13800138000”，便于核实情况。不留可以跳过：
        1. 不留联系方式
        > 张女士 13800138000
        """;
}
