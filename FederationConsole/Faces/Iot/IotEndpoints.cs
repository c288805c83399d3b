namespace FederationConsole.Faces.Iot;

/// <summary>Seed 002's endpoints, in the order of its part 5, then those of faces.md (Iot).</summary>
public static class IotEndpoints
{
    public static void MapIot(this IEndpointRouteBuilder routes) => routes.MapFace("/v2", new IotFace())
        .Post<RegisterCheck>("/user/third/register_check") // 5.1.1
        .Post<UserAuthThird>("/user_auth_third") // 5.1.2
        .Post<VerifyCode>("/user_register/verifycode") // 5.1.3.1
        .Post<RegisterCaptcha>("/user_register/captcha") // 5.1.3.2
        .Post<AuthBindPhone>("/user/third/auth-bind-phone") // 5.1.3.3
        .Post<UserAuthThirdForeign>("/user_auth_third_foreign") // 5.1.4
        .Post<InitPassword>("/user/{user_id:long}/init_pwd") // 5.1.5
        .Post<BindThird>("/user/{user_id:long}/bind_third") // 5.1.6
        .Post<BindThirdForeign>("/user/{user_id:long}/bind_third_foreign") // 5.1.7
        .Post<UnbindThird>("/user/{user_id:long}/unbind_third") // 5.1.8
        .Post<IsBind>("/user_third/is_bind") // 5.1.9
        .Post<SyncPhone>("/user/third/sync-phone") // 5.1.10
        .Post<EmailCheck>("/user/third/email-check") // 5.1.11
        .Post<SyncEmail>("/user/third/sync-email") // 5.1.12
        .Post<UserAuth>("/user_auth")
        .Get<CaptchaImage>("/user_register/captcha/{id}")
        .Post<EmailVerifyCode>("/user_register/email_verifycode")
        .Post<UserRegister>("/user_register")
        .Post<PasswordForgot>("/user/password/forgot")
        .Post<PasswordFoundBack>("/user/password/foundback")
        .Get<Profile>("/user/{user_id:long}")
        .Put<ProfileUpdate>("/user/{user_id:long}")
        .Put<PasswordReset>("/user/password/reset")
        .Post<TokenRefresh>("/user/token/refresh")
        .Post<Logout>("/user/logout");

    public static void AddIot(this IServiceCollection services) => services.AddSingleton<IotAccess>();
}
