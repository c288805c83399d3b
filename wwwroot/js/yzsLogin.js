// Seed 004, 1.3.1: new YzsLogin({ id, app_id, width, height }) puts the code into the element of that id. What happens to it arrives
// as message events { from: 'scan_login', code, auth_code? }: 102 scanned, 103 cancelled, 104 expired, 1 confirmed. The page's
// origin must be among the app's; anywhere else the browser shows nothing.
(function (global) {
  'use strict';

  var script = document.currentScript;
  var host = script ? script.src.replace(/^(https?:\/\/[^/]+).*$/, '$1') : global.location.origin;

  function size(value) {
    return /^\d+$/.test(String(value)) ? value + 'px' : String(value || '');
  }

  function YzsLogin(options) {
    var container = document.getElementById(options.id);
    if (!container) throw new Error('YzsLogin: no element with the id ' + options.id);
    if (!options.app_id) throw new Error('YzsLogin: app_id is required');
    var frame = document.createElement('iframe');
    var address = host + '/api/connect/qrlogin?app_id=' + encodeURIComponent(options.app_id) +
      '&origin=' + encodeURIComponent(global.location.origin);
    if (options.lang) address += '&lang=' + encodeURIComponent(options.lang);
    frame.src = address;
    frame.title = /^en/i.test(options.lang || '') ? 'Sign in by QR code' : '扫码登录';
    frame.setAttribute('scrolling', 'no');
    frame.style.border = '0';
    frame.style.width = size(options.width);
    frame.style.height = size(options.height);
    container.textContent = '';
    container.appendChild(frame);
    this.frame = frame;
  }

  global.YzsLogin = YzsLogin;
})(window);
