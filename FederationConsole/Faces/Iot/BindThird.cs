using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.6 非第三方用户绑定第三方账号.</summary>
internal sealed class BindThird(IotAccess access, ThirdPartyLinks links)
    : SignedInHandler<ThirdPartyRequest, IotNothing>(access, new ThirdPartyRequestValidator(withCorp: false)), IDocumented
{
    public static Documentation Documentation => new("非第三方用户绑定第三方账号", "Bind a third-party account")
    {
        Seed = "002, 5.1.6",
        Text = "使用手机号或者邮箱等注册成为平台用户后,被标记为非第三方用户,我们称之为手机用户/邮箱用户等;手机用户/邮箱用户向与某个第三方账号(如微信账号)进行关联,未解决" +
            "该场景提供如下接口,在一个已有账号下绑定第三方账号的openId",
        Parameters = [IotDocuments.UserId],
        Faults = [.. IotDocuments.User, .. IotDocuments.ThirdParty, .. IotDocuments.Bound],
        Request = """
            {
                "source": 4,
                "open_id":"12sdfsdf5645s6fgs",
                "access_token":"4156dsfsfefdf",
                "plugin_id":"123s5afffewfdsfsd"
            }
            """,
        Reply = "{}",
        Demo = [
            new()
            {
                Needs = [IotDocuments.QQ],
                Values = new Dictionary<string, string> { [IotDocuments.UserIdName] = "{{user_id}}" },
                Body = """{"source":5,"open_id":"{{qq_open_id}}","access_token":"{{qq_token}}"}""",
            },
        ],
    };

    protected override async Task<Outcome<IotNothing>> HandleAsync(ThirdPartyRequest request, CheckedSession session, FaceCall call)
    {
        var asked = (request with { CorpId = links.CorpOf(session) }).ToCall(call);
        var bound = await links.BindAsync(session, asked, ActorOf(session, call), call.Cancellation);
        return bound.Ok ? IotNothing.Instance : bound.Fault;
    }
}

/// <summary>5.1.7 非第三方用户绑定国外第三方帐号.</summary>
internal sealed class BindThirdForeign(IotAccess access, ThirdPartyLinks links)
    : SignedInHandler<ForeignRequest, IotNothing>(access, new ForeignRequestValidator(withCorp: false)), IDocumented
{
    public static Documentation Documentation => new("非第三方用户绑定国外第三方帐号", "Bind a foreign third-party account")
    {
        Seed = "002, 5.1.7",
        Text = "使用手机号或者邮箱等注册成为平台用户后,被标记为非第三方用户,我们称之为手机用户/邮箱用户等;手机用户/邮箱用户向与某个国外第三方账号(如微信账号)进行关联,未" +
            "解决该场景提供如下接口,在一个已有账号下绑定国外第三方账号的openId",
        Parameters = [IotDocuments.UserId],
        Faults = [.. IotDocuments.User, .. IotDocuments.ThirdParty, .. IotDocuments.Bound],
        Request = """
            {
                "source": 7,
                "open_id":"156s1fewfdsfsdf5",
                "access_token":"11f6asd51wefdsfds",
                "plugin_id":"4165fsdaewfdsfsd",
                "oauth_version":"1.0",
                "oauth_consumer_key":"DC0sePOBbQ8bYdC8r4Smg",
                "oauth_signature_method":"HMAC-SHA1",
                "oauth_timestamp":"1477446586",
                "oauth_nonce":"1130669700",
                "oauth_signature":"PAWOXPqbWK13rL%2F5QrWfKcLRfKs%3D"
            }
            """,
        Reply = "{}",
        Demo = [
            new()
            {
                Needs = [IotDocuments.Twitter],
                Values = new Dictionary<string, string> { [IotDocuments.UserIdName] = "{{user_id}}" },
                Body = """{"source":8,"open_id":"{{twitter_open_id}}","access_token":"{{twitter_token}}","oauth_version":"2.0"}""",
            },
        ],
    };

    protected override async Task<Outcome<IotNothing>> HandleAsync(ForeignRequest request, CheckedSession session, FaceCall call)
    {
        var asked = (request with { CorpId = links.CorpOf(session) }).ToCall(call);
        var bound = await links.BindAsync(session, asked, ActorOf(session, call), call.Cancellation);
        return bound.Ok ? IotNothing.Instance : bound.Fault;
    }
}
